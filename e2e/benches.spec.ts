/** Up to four benches on one playhead. */
import { expect, test } from './page.ts'

const still = (page: import('@playwright/test').Page): Promise<void> => expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
const names = async (story: { benches: ReturnType<import('@playwright/test').Page['locator']> }): Promise<string[]> =>
  (await story.benches.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''))).map((label) => label.replace(/^Bench \d: /, ''))

test('a third and a fourth bench are added, one is shown in full, one is removed, and a reload opens the same', async ({ page, story }) => {
  await story.open('#landmark=exported')
  const { step } = await story.at()
  for (const variant of ['V9', 'V7']) {
    await page.getByRole('button', { name: 'Add a bench' }).click()
    await page.getByRole('menuitem', { name: new RegExp(`^${variant} `) }).click()
    await expect(story.benches.last()).toHaveAccessibleName(new RegExp(`: ${variant}$`))
    await still(page)
  }
  expect(await names(story)).toEqual(['V4', 'V5', 'V9', 'V7'])
  // There is no place for a fifth.
  await expect(page.getByRole('button', { name: 'Add a bench' })).toHaveCount(0)
  // The playhead stands where it stood.
  expect((await story.at()).step).toBe(step)
  expect(new URL(page.url()).hash).toContain('variants=V4,V5,V9,V7')
  await expect(page.locator('.lane')).toHaveCount(4)
  await expect(page.locator('.lane-name')).toHaveText(['V4', 'V5', 'V9', 'V7'])

  await page.keyboard.press('x')
  await expect(page.locator('.caption .lead')).toHaveText('Same call, another way in V9 and V7.')
  await page.keyboard.press('x')
  await expect(page.locator('.caption .lead')).toHaveText('Same call, two answers: EACCES in V4; ok in V5, V9 and V7.')
  await expect(page.locator('.caption [role="status"]')).toContainText('two answers: EACCES in V4')

  await page.keyboard.press('3')
  await expect(story.benches).toHaveCount(1)
  await expect(story.benches).toHaveAccessibleName('Bench 3: V9')
  // In full: both processes have their cards.
  await expect(story.benches.locator('.stage')).toContainText('compositor')
  await page.keyboard.press('0')
  await expect(story.benches).toHaveCount(4)

  await page.getByRole('button', { name: 'Remove bench 2: V5' }).click()
  await expect(story.benches).toHaveCount(3)
  await still(page)
  expect(await names(story)).toEqual(['V4', 'V9', 'V7'])
  await expect(page.locator('.caption .lead')).toHaveText('Same call, two answers: EACCES in V4; ok in V9 and V7.')
  const before = await story.caption()
  await page.reload()
  await expect(story.benches).toHaveCount(3)
  await still(page)
  await expect.poll(() => story.caption()).toBe(before)
  // What was taken away comes back, with undo as with the back button.
  await page.goBack()
  await expect(story.benches).toHaveCount(4)
  await still(page)
})

test('a bench that is removed comes back with undo, and no run is made again for it', async ({ page, story }) => {
  await story.open('#variants=V4,V5,V9&landmark=mapped')
  const at = await story.at()
  await page.getByRole('button', { name: 'Remove bench 1: V4' }).click()
  await expect(story.benches).toHaveCount(2)
  // The runs that stay are there at once.
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.keyboard.press('z')
  await expect(story.benches).toHaveCount(3)
  await still(page)
  await expect.poll(() => story.at()).toEqual(at)
})

test('among three a call is left out beside its original, and the others stay', async ({ page, story }) => {
  await story.open('#variants=V4,V5,V9&exporter=E2&landmark=mapped')
  await story.benches.nth(1).locator('[data-id="call:B.5"]').click()
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Run without it' }).nth(1).click()
  await expect(story.benches).toHaveCount(4)
  expect(await names(story)).toEqual(['V4', 'V5', 'V5 without B.5', 'V9'])
  await still(page)
  expect(new URL(page.url()).hash).toContain('skip=-,-,B.5,-')
})

test('the palette adds and removes benches too', async ({ page, story }) => {
  await story.open()
  const ask = async (words: string, found: string): Promise<void> => {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill(words)
    // The first worker does not know of all variants.
    await expect(page.getByRole('option').first()).toContainText(found)
    await page.keyboard.press('Enter')
  }
  await ask('add bench v9', 'Add a bench: V9')
  await expect(story.benches).toHaveCount(3)
  await still(page)
  await ask('remove bench 3', 'Remove bench 3')
  await expect(story.benches).toHaveCount(2)
  expect(await names(story)).toEqual(['V4', 'V5'])
})

for (const [width, height] of [[1920, 1080], [1280, 720]] as const) {
  test(`at ${width} × ${height} four benches fit, titles and all`, async ({ page, story }) => {
    await page.setViewportSize({ width, height })
    await story.open('#variants=V4,V21,V7,V9&step=42')
    await expect(story.benches).toHaveCount(4)
    const cut = await page.evaluate(() => {
      const found: string[] = []
      for (const bench of document.querySelectorAll('.bench')) {
        const own = bench.getBoundingClientRect()
        for (const part of bench.querySelectorAll('.bench-header, .variant, .verdict, .bench-tools button, .bench-drawing')) {
          const { left, right, bottom } = part.getBoundingClientRect()
          if (left < own.left - 1 || right > own.right + 1 || bottom > own.bottom + 1) found.push(`${bench.getAttribute('aria-label')}: ${part.className.toString()} ${Math.round(right)} > ${Math.round(own.right)}, ${Math.round(bottom)} > ${Math.round(own.bottom)}`)
        }
      }
      if (document.documentElement.scrollWidth > innerWidth) found.push('the page is wider than the window')
      return found
    })
    expect(cut).toEqual([])
    const tops = await story.benches.evaluateAll((all) => all.map((bench) => Math.round(bench.querySelector('.stage')!.getBoundingClientRect().top)))
    expect(new Set(tops).size).toBe(1)
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('four benches are turned through, and one is added among the choices', async ({ page, story }) => {
    await story.open('#variants=V4,V5,V9&step=30')
    await expect(page.getByRole('group', { name: 'Bench' })).toContainText('1 of 3')
    await page.getByRole('button', { name: 'Choices' }).click()
    await page.getByRole('button', { name: 'Add a bench' }).click()
    await page.getByRole('menuitem', { name: /^V7 / }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    await still(page)
    await expect(page.getByRole('group', { name: 'Bench' })).toContainText('4 of 4')
    await expect(story.benches).toHaveAccessibleName('Bench 4: V7')
    for (const next of ['V4', 'V5', 'V9', 'V7']) {
      await page.getByRole('button', { name: `Show ${next}` }).last().click()
      await expect(story.benches).toHaveAccessibleName(new RegExp(`: ${next}$`))
    }
  })
})
