/** The presenter window: it follows the talk and leads it, served over a channel and from a disk over window handles; either window may be loaded again. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, test, type Story } from './page.ts'

const FILE = new URL('../dist/bufscope.html', import.meta.url)

const stepOf = async (page: Page): Promise<number> => Number(/^Step (\d+) of/.exec((await page.locator('.slide [role="status"]').textContent()) ?? '')?.[1] ?? NaN)
const together = async (talk: Page, presenter: Page, step: number): Promise<void> => {
  await expect.poll(() => stepOf(talk)).toBe(step)
  await expect.poll(() => stepOf(presenter)).toBe(step)
}
const pictureOf = (page: Page): Promise<string> => page.evaluate(() => [...document.querySelectorAll('.slide-room text')].map((each) => each.textContent).join('\n'))

async function twoWindows(page: Page, story: Story): Promise<void> {
  await story.open('#step=36&view=talk')
  const [window] = await Promise.all([page.context().waitForEvent('page'), page.keyboard.press('w')])
  await expect(window.getByRole('region', { name: 'Next step' })).toContainText('A shared writable mapping needs a file open for writing')
  await together(page, window, 36)

  // What is next becomes what is now; the notes say all of it, and the story's words.
  await page.keyboard.press('PageDown')
  await together(page, window, 37)
  const notes = window.getByRole('region', { name: 'Notes' })
  await expect(notes).toContainText('Same call, two answers.')
  await expect(notes).toContainText('do_mmap() answers EACCES and asks no driver')
  await expect.poll(() => pictureOf(window)).toBe(await pictureOf(page))
  await expect(window.getByRole('timer')).toHaveText(/^00:0\d:\d\d$/)

  // The same controls, by button and by key.
  await window.getByRole('button', { name: 'Next', exact: true }).click()
  await together(page, window, 38)
  await window.keyboard.press('PageUp')
  await together(page, window, 37)

  // Dark, light, what is selected, which panel is open.
  await window.getByRole('button', { name: 'Dark screen' }).click()
  await expect(page.locator('.dark')).toBeVisible()
  await expect(window.locator('.dark')).toBeVisible()
  await page.keyboard.press('b')
  await expect(window.locator('.dark')).toHaveCount(0)
  await page.keyboard.press('l')
  await page.mouse.move(640, 180)
  const lightOf = (of: Page): Promise<string> => of.locator('.light').evaluate((light: HTMLElement) => `${light.style.getPropertyValue('--x')} ${light.style.getPropertyValue('--y')}`)
  await expect.poll(() => lightOf(window)).toBe('50% 25%')
  const now = (await window.locator('.presenter-now').boundingBox())!
  await window.mouse.move(now.x + now.width * 0.25, now.y + now.height * 0.5)
  await expect.poll(async () => Math.round(parseFloat(await lightOf(page)))).toBe(25)
  await page.keyboard.press('l')
  await expect(window.locator('.light')).toHaveCount(0)
  await window.locator('.slide-bench').nth(0).locator('.thing[aria-label^="dma_buf"]').click()
  await expect(page.locator('.thing[data-selected="true"]')).toHaveCount(2)
  await expect(window.locator('.thing[data-selected="true"]')).toHaveCount(2)
  await page.keyboard.press('e')
  await expect(window.getByRole('complementary', { name: 'Inspector' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(window.getByRole('complementary', { name: 'Inspector' })).toHaveCount(0)

  // F5 in either.
  await page.reload()
  await expect.poll(() => stepOf(page), { timeout: 20_000 }).toBe(37)
  await page.keyboard.press('PageDown')
  await together(page, window, 38)
  await window.reload()
  await together(page, window, 38)
  await window.keyboard.press('PageDown')
  await together(page, window, 39)
  // Other runs.
  await page.keyboard.press('1')
  await expect(window.locator('.slide-bench')).toHaveCount(1)

  // The talk ends: the window says so.
  await page.keyboard.press('Escape')
  await page.keyboard.press('t')
  await expect(window.getByRole('alert')).toContainText('does not answer', { timeout: 15_000 })
  await page.keyboard.press('t')
  await expect(window.getByRole('alert')).toHaveCount(0)
}

test('two windows of a page that is served', async ({ page, story }) => {
  test.setTimeout(120_000)
  await twoWindows(page, story)
})

test('one that is opened by hand later asks for the state; one opened for another talk keeps out of it', async ({ page, story, context }) => {
  await story.open('#step=20&view=talk')
  const late = await context.newPage()
  await late.goto('./#view=presenter')
  await together(page, late, 20)
  await page.keyboard.press('PageDown')
  await expect.poll(() => stepOf(late)).toBe(await stepOf(page))
  const other = await context.newPage()
  await other.goto('./#step=5&view=talk')
  await expect.poll(() => stepOf(other)).toBe(5)
  await late.waitForTimeout(1500)
  expect(await stepOf(late)).toBe(await stepOf(page))
})

test('a browser that opens no second window is told of, and the talk goes on', async ({ page, story }) => {
  await page.addInitScript(() => { window.open = () => null })
  await story.open('#step=20&view=talk')
  await page.keyboard.press('w')
  await expect(page.locator('.notices')).toContainText('Allow pop-ups')
  await page.keyboard.press('PageDown')
  await expect.poll(() => stepOf(page)).toBeGreaterThan(20)
})

test.describe('from a disk', () => {
  test.use({ place: FILE.href })
  test.beforeAll(() => { if (!existsSync(fileURLToPath(FILE))) throw new Error('dist/bufscope.html is not there. Run npm run build first.') })
  test('two windows of one file', async ({ page, context, story }) => {
    test.setTimeout(120_000)
    await context.setOffline(true)
    await twoWindows(page, story)
  })
})
