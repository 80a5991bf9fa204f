/** Everybody reaches everything: keyboard alone, touch, screen readers, and a machine that does not come. */
import type { Page } from '@playwright/test'
import { expect, test } from './page.ts'
import { swipe } from './touch.ts'

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')

test('keyboard only: to a variant, a step, an explanation and back', async ({ page, story }) => {
  await story.open()
  for (let n = 0; n < 60 && !(await focused(page)).startsWith('Variant of bench 2'); n++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('V')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('z')
  await expect(story.benches.nth(1)).toHaveAccessibleName(/V5/)
  await page.keyboard.press('g')
  await expect(page.getByRole('combobox', { name: /Step number/ })).toBeFocused()
  await page.keyboard.type('EACCES')
  await page.keyboard.press('Enter')
  await expect.poll(() => story.caption()).toContain('EACCES')
  await page.keyboard.press('e')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector).toContainText('do_mmap()')
  await page.keyboard.press('Escape')
  await expect(inspector).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /Step number/ })).toBeFocused()
  // What no longer fits is gone from the list.
  await page.keyboard.type('explore')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.getByRole('combobox', { name: /Step number/ }).fill('night')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'All keys' })).toContainText('next difference')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const { step } = await story.at()
  await page.keyboard.press('m')
  await page.keyboard.press('Home')
  await page.getByRole('button', { name: 'Story', exact: true }).focus()
  await page.keyboard.press('Enter')
  const story_ = page.getByRole('complementary', { name: 'Story' })
  await story_.getByRole('button', { name: `V4 | V5, step ${step} of`, exact: false }).first().press('Enter')
  await expect.poll(async () => (await story.at()).step).toBe(step)
})

test('keys that belong to the browser or to a field are left alone', async ({ page, story }) => {
  await story.open('#step=3')
  for (const key of ['Control+ArrowRight', 'Control+f', 'Control+p', 'Control+s', 'F11', 'F12']) {
    const taken = await page.evaluate((name) => {
      const parts = name.split('+')
      const event = new KeyboardEvent('keydown', { key: parts.at(-1)!, ctrlKey: parts.includes('Control'), altKey: parts.includes('Alt'), bubbles: true, cancelable: true })
      return !document.body.dispatchEvent(event)
    }, key)
    expect(taken, key).toBe(false)
  }
  expect((await story.at()).step).toBe(3)
  await page.getByRole('button', { name: 'Program' }).click()
  await page.getByLabel(/One call per line/).press('ArrowRight')
  await page.getByLabel(/One call per line/).press('n')
  expect((await story.at()).step).toBe(3)
})

test('the machine blocked: nothing is shown past step 0', async ({ page }) => {
  await page.route(/worker[^/]*\.js/, () => { /* It is never answered. */ })
  await page.goto('./')
  const said = page.locator('.caption [role="status"]')
  await expect(said).toHaveText(/^Step 0 of 0\./)
  const before = await page.locator('main').innerHTML()
  for (const key of ['ArrowRight', 'End', 'x', 'Shift+ArrowRight', ' ', 'PageDown']) await page.keyboard.press(key)
  await page.getByRole('slider', { name: 'Playhead' }).click({ position: { x: 300, y: 10 } })
  await page.waitForTimeout(300)
  await expect(said).toHaveText(/^Step 0 of 0\./)
  expect(await page.locator('main').innerHTML()).toBe(before)
  expect(await page.locator('.stage svg, .stage canvas').count()).toBe(0)
})

test('a machine that fails is told with a remedy, and can be started again', async ({ page, errors, story }) => {
  await page.route(/worker[^/]*\.js/, (route) => route.abort())
  await page.goto('./#step=4')
  const notice = page.getByRole('alert')
  await expect(notice).toContainText('has stopped')
  await page.unroute(/worker[^/]*\.js/)
  await notice.getByRole('button', { name: 'Start again' }).click()
  await expect.poll(async () => (await story.at()).step).toBe(4)
  await expect(notice).toHaveCount(0)
  expect(errors.every((error) => /worker/.test(error) || /ERR_FAILED/.test(error))).toBe(true)
  errors.length = 0
})

test('a part that cannot be fetched is told, the page stays, and it is asked for again', async ({ page, errors, story }) => {
  await page.route(/(open-menu|story)-[^/]*\.js/, (route) => route.abort())
  await story.open('#step=4')
  const menu = page.getByRole('button', { name: /^Variant of bench 1/ })
  await menu.click()
  await expect(page.locator('.notices')).toContainText('could not be fetched')
  await page.getByRole('button', { name: 'Story', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Story', exact: true })).not.toHaveAttribute('aria-expanded', 'true')
  expect((await story.at()).step).toBe(4)
  await page.unroute(/(open-menu|story)-[^/]*\.js/)
  await menu.click()
  await expect(page.getByRole('menu')).toBeVisible()
  expect(errors.every((error) => /open-menu|story|ERR_FAILED|Failed to fetch/.test(error)), errors.join('; ')).toBe(true)
  errors.length = 0
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('one bench, the other a swipe away, the caption pinned', async ({ page, story }) => {
    await story.open()
    await expect(story.benches).toHaveCount(1)
    await expect(story.benches).toHaveAccessibleName(/V4/)
    await page.getByRole('button', { name: 'Choices' }).tap()
    await page.getByRole('button', { name: 'Next difference' }).tap()
    await page.getByRole('button', { name: 'Choices' }).tap()
    await page.getByRole('button', { name: 'Next difference' }).tap()
    await expect.poll(() => story.caption()).toContain('Same call, two answers.')
    const other = page.getByRole('button', { name: 'V5 answers ok here' })
    await expect(other).toBeInViewport({ ratio: 1 })
    await swipe(page, 'left')
    await expect(story.benches).toHaveAccessibleName(/V5/)
    await swipe(page, 'right')
    await expect(story.benches).toHaveAccessibleName(/V4/)
    const { step } = await story.at()
    await page.getByRole('button', { name: 'Next', exact: true }).tap()
    await expect.poll(async () => (await story.at()).step).toBe(step + 1)
    await page.getByRole('button', { name: 'Back' }).tap()
    await other.tap()
    await expect(story.benches).toHaveAccessibleName(/V5/)
  })
})

for (const [width, height] of [[1920, 1080], [1280, 720], [1024, 768], [768, 1024], [390, 844], [844, 390], [667, 375], [932, 430]] as const) {
  test(`at ${width} × ${height} the page fits: no scroll bar, nothing cut off`, async ({ page, story }) => {
    await page.setViewportSize({ width, height })
    await story.open()
    const cut: string[] = []
    for (const key of ['', 'x', 'x', 'End']) {
      if (key) await page.keyboard.press(key)
      await page.waitForTimeout(80)
      cut.push(...await page.evaluate(() => {
        const found: string[] = []
        const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement
        if (scrollWidth > clientWidth || scrollHeight > clientHeight) found.push(`page ${scrollWidth}×${scrollHeight}`)
        for (const each of document.querySelectorAll<HTMLElement>('.caption, .transport, .phone-transport, .top, .bench-header')) if (each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1) found.push(`${each.className} ${each.scrollWidth}×${each.scrollHeight} in ${each.clientWidth}×${each.clientHeight}: ${each.textContent!.slice(0, 60)}`)
        for (const each of document.querySelectorAll('button, select')) {
          const { left, right, top, bottom, width: wide } = each.getBoundingClientRect()
          if (wide > 0 && (left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1)) found.push(`button ${each.textContent}`)
        }
        return found
      }))
    }
    expect(cut).toEqual([])
  })
}

for (const [width, height] of [[1280, 720], [1280, 640]] as const) {
  test(`at ${width} × ${height} no mark of the timeline touches the sentence of the first divergence`, async ({ page, story }) => {
    await page.setViewportSize({ width, height })
    await story.open('#step=36')
    await expect(page.locator('.mark[data-under="true"]').first()).toBeVisible()
    expect(await page.evaluate(() => {
      const said = document.querySelector('.mark.first .sentence')!.getBoundingClientRect()
      const { bottom } = document.querySelector('.lanes')!.getBoundingClientRect()
      return [...document.querySelectorAll('.mark:not(.first)')].map((mark) => mark.getBoundingClientRect())
        .filter((mark) => (mark.left < said.right && mark.right > said.left && mark.bottom > said.top && mark.top < said.bottom) || mark.top < bottom - 5).length
    })).toBe(0)
  })
}
