/** Nothing that is on the screen moves because something else has come. */
import { expect, test } from './page.ts'

/** What the eye hardly follows: letters that change their face, columns that a longer number widens. */
const UNSEEN = 0.05

const PAGES = [['a chapter', '#read'], ['a paragraph of a chapter', '#read=who-may-write&at=4'], ['the gallery', '#gallery'], ['hazards', '#hazards'], ['evidence', '#evidence'], ['the story', ''], ['a slide', '#step=37&view=talk']] as const

for (const [width, height] of [[1280, 720], [390, 844]] as const) {
  for (const [name, fragment] of PAGES) {
    test(`at ${width} × ${height} nothing moves while ${name} comes`, async ({ page }) => {
      await page.setViewportSize({ width, height })
      await page.addInitScript(() => {
        const shifts: number[] = []
        Object.assign(window, { shifts })
        new PerformanceObserver((list) => {
          for (const shift of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!shift.hadRecentInput) shifts.push(shift.value)
        }).observe({ type: 'layout-shift', buffered: true })
      })
      await page.goto(`./${fragment}`)
      await expect(page.getByRole('main')).toBeVisible()
      if (fragment === '#evidence') await expect(page.locator('.run [role="status"]')).toHaveText(/^Done\./, { timeout: 50_000 })
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 30_000 })
      await page.waitForTimeout(1500)
      expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.reduce((sum, each) => sum + each, 0))).toBeLessThan(UNSEEN)
    })
  }
}
