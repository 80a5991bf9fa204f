/** The gallery: every scene drawn at its moments, each a link to the stage. */
import { expect, test } from './page.ts'

test('every picture is drawn, and a link opens the stage at its moment', async ({ page }) => {
  await page.goto('./#gallery')
  await expect(page.locator('.gallery')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 })
  await expect(page.getByRole('alert')).toHaveCount(0)
  expect(await page.locator('.gallery section').count()).toBeGreaterThan(7)
  const empty = await page.locator('.gallery figure').evaluateAll(figures => figures.filter(figure => !(figure.querySelector<SVGGElement>('svg > g:last-child')!.getBBox().width > 4)).map(figure => figure.textContent))
  expect(empty).toEqual([])
  await page.locator('[data-scene="call-chain"]').getByRole('link', { name: 'V4: the file is not open for writing' }).click()
  await expect(page.locator('.caption [role="status"]')).toContainText('needs a file open for writing', { timeout: 10_000 })
})
