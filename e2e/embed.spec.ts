/** The story inside another page: it answers messages, says what is wrong with those it cannot follow, and gives unused keys back. */
import { expect, test } from './page.ts'
import { swipe, tapBack, tapOn } from './touch.ts'

const FROM_DISK = new URL('../dist/embed-example.html', import.meta.url).href

test('the embedded story answers its host', async ({ page }) => {
  await page.goto('./embed-example.html')
  const said = page.locator('#said')
  const inside = page.frameLocator('#story')
  await expect(said).toHaveText(/^step 36 of 70, V4 \| V5$/)
  await expect(inside.getByRole('banner')).toHaveCount(0)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(said).toHaveText(/^step 37 of 70/)
  await expect(inside.locator('.caption [role="status"]')).toContainText('Step 37 of 70.')
  await inside.getByRole('button', { name: 'Back' }).click()
  await expect(said).toHaveText(/^step 36 of 70/)
  const send = (message: unknown): Promise<void> => page.evaluate((data) => { document.querySelector('iframe')!.contentWindow!.postMessage(data, '*') }, message)
  await send({ type: 'bufscope:seek', step: 'soon' })
  await expect(said).toContainText('seek wants `step`')
  await send({ type: 'bufscope:seek', step: 70 })
  await expect(said).toHaveText(/^step 70 of 70/)
  await inside.getByRole('button', { name: 'Back' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(said).toHaveText('ArrowRight is yours')
  await page.getByRole('button', { name: 'V1 and V9' }).click()
  await expect(said).toHaveText(/V1 \| V9$/)
  await send({ type: 'bufscope:variants', variants: ['V4', 'V5', 'V7', 'V9'] })
  await expect(said).toHaveText(/V4 \| V5 \| V7 \| V9$/)
  // Four that could not be read beside each other stand one at a time.
  await expect(inside.locator('section.bench')).toHaveCount(1)
  await expect(inside.getByRole('group', { name: 'Bench' })).toContainText('1 of 4')
  await page.setViewportSize({ width: 1600, height: 1000 })
  await expect(inside.locator('section.bench')).toHaveCount(4)
  await send({ type: 'bufscope:variants', variants: ['V4', 'V5', 'V7', 'V9', 'V1'] })
  await expect(said).toContainText('1 to 4 names')
})

test.describe('under a finger', () => {
  test.use({ viewport: { width: 640, height: 360 }, hasTouch: true })
  test('a tap steps, and back at the left; a stroke turns to the other bench', async ({ page, story }) => {
    await story.open('#step=20&view=embed')
    await expect(story.benches).toHaveCount(1)
    await expect(story.benches).toHaveAccessibleName(/V4/)
    await tapOn(page)
    await expect.poll(async () => (await story.at()).step).toBe(21)
    await tapBack(page)
    await expect.poll(async () => (await story.at()).step).toBe(20)
    await swipe(page, 'left')
    await expect(story.benches).toHaveAccessibleName(/V5/)
    await swipe(page, 'right')
    await expect(story.benches).toHaveAccessibleName(/V4/)
    expect((await story.at()).step).toBe(20)
    await page.getByRole('button', { name: 'Show V5' }).first().tap()
    await expect(story.benches).toHaveAccessibleName(/V5/)
    await story.open('#step=37&view=embed')
    await page.getByRole('button', { name: 'V5 answers ok here' }).tap()
    await expect(story.benches).toHaveAccessibleName(/V5/)
  })
})

for (const [width, height, benches] of [[640, 360, 1], [800, 450, 1], [960, 540, 2], [390, 640, 1]] as const) {
  test(`in a frame of ${width} × ${height} all three floors are seen whole, and all that is said of them`, async ({ page, story }) => {
    await page.setViewportSize({ width, height })
    for (const step of [0, 9, 37, 41, 44, 70]) {
      await story.open(`#step=${step}&view=embed`)
      await expect(story.benches).toHaveCount(benches)
      await expect(page.locator('.bench-drawing [data-scene]').first()).toBeVisible()
      expect(await page.evaluate(() => {
        const cut: string[] = []
        for (const room of document.querySelectorAll('.stage-room')) {
          const drawing = room.querySelector('.bench-drawing')!.getBoundingClientRect()
          const { right, bottom } = room.getBoundingClientRect()
          if (drawing.right > right + 1 || drawing.bottom > bottom + 1) cut.push('stage')
          for (const text of room.querySelectorAll<SVGTextElement>('text')) {
            const box = text.getBoundingClientRect()
            if (text.textContent!.trim() !== '' && (box.right > right + 1 || box.bottom > bottom + 1)) cut.push(text.textContent!)
            if (parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement!.getScreenCTM()!.a < 8) cut.push(`small: ${text.textContent}`)
          }
        }
        for (const each of document.querySelectorAll<HTMLElement>('.caption, .embed, .row')) if (each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1) cut.push(each.className)
        return cut
      })).toEqual([])
    }
  })
}

test('the example works from a disk as well, with the one file in its frame', async ({ page, context, errors }) => {
  await context.setOffline(true)
  await page.goto(FROM_DISK)
  const said = page.locator('#said')
  await expect(said).toHaveText(/^step 36 of 70, V4 \| V5$/, { timeout: 20_000 })
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(said).toHaveText(/^step 37 of 70/)
  expect(errors).toEqual([])
})
