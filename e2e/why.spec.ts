/** “Why?” asked of a stale pixel, of a fresh one and of a translation, with links to the steps it names. */
import { expect, test } from './page.ts'

const panel = (page: import('@playwright/test').Page) => page.getByRole('complementary', { name: 'Inspector' })

test('a stale pixel leads to the call that is missing, and a fresh one says that nothing is wrong', async ({ page, story }) => {
  await story.open('#variants=V1,V5&exporter=E2&landmark=day%20shown')
  const picture = story.benches.nth(1).locator('[data-lines]').first()
  const { width, height } = (await picture.boundingBox())!
  // Line 2: the left half of the second row of 32.
  await picture.click({ position: { x: width / 4, y: (height * 1.5) / 32 } })
  const why = panel(page).locator('.why-one')
  await expect(why.nth(0)).toContainText('Nothing is wrong with this line')
  await expect(why.nth(1)).toContainText('The display read old bytes')
  await expect(why.nth(1)).toContainText("Missing: a clean of this line in the CPU's cache")
  await expect(why.nth(1)).toContainText('behind fill(px, day) and before drmHandleEvent(card)')
  const { step } = await story.at()
  await why.nth(1).getByRole('button', { name: /^Step/ }).first().click()
  expect((await story.at()).step).toBeLessThan(step)
  await expect.poll(() => story.caption()).toContain('The picture is drawn')
})

test('a translation that is in order says so', async ({ page, story }) => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await story.open('#variants=V1,V5&exporter=E3&landmark=day%20drawn')
  await story.benches.nth(0).locator('[data-scene="walk"] .thing').last().click()
  await expect(panel(page).locator('.why-one').first()).toContainText('Nothing is wrong here')
})

test('costs are counts, side by side, up to the step, and open to the calls that cause them', async ({ page, story }) => {
  await story.open('#variants=V20,V21&landmark=day%20shown')
  await page.getByRole('button', { name: 'Costs', exact: true }).click()
  const costs = page.getByRole('complementary', { name: 'Costs' })
  const cleaned = costs.locator('details', { hasText: 'lines cleaned' })
  await expect(cleaned).toHaveAttribute('data-differs', 'true')
  await cleaned.locator('summary').click()
  await expect(cleaned.locator('li', { hasText: 'gbm_bo_import' }).first()).toBeVisible()
  await page.keyboard.press('Home')
  await expect(cleaned.locator('.count').first()).toHaveText(/^0 of/)
})
