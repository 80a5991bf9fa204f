/** One object: found by its name, told step by step, marked on the timeline; and moments that are marked and found again. */
import { expect, test } from './page.ts'

test('an object is found by its name; its history leads to every step that touched it', async ({ page, story }) => {
  await story.open('#step=38')
  await page.keyboard.press('/')
  await page.getByRole('combobox', { name: /^Step number/ }).fill('gem:A')
  await page.getByRole('option').first().click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector).toContainText('gem:A.2')
  await expect(page.locator('.lanes .touched')).not.toHaveCount(0)
  // Who set the count that it has now: the step of the mapping in one bench, of the import in the other.
  const count = inspector.locator('tr', { hasText: 'refcount' })
  await expect(count.locator('td').nth(0)).toContainText('3')
  await expect(count.locator('td').nth(1)).toContainText('4')
  await count.locator('td').nth(1).getByRole('button', { name: /^refcount: set by step/ }).click()
  await expect(inspector.locator('.history [aria-current="step"] .changed')).toHaveText('refcount 3 → 4')
  const between = inspector.locator('.history li', { hasText: 'handle_count 0 → 1' })
  await between.getByRole('button').click()
  await expect(page.getByRole('button', { name: 'detail' })).toHaveAttribute('aria-pressed', 'true')
  await expect(between).toHaveAttribute('aria-current', 'step')
})

test('a bookmark outlives a reload, has its mark on the timeline, and is found', async ({ page, story }) => {
  await story.open('#step=23')
  await page.keyboard.press('m')
  await expect(page.locator('.lanes .bookmarked')).toHaveCount(1)
  await page.keyboard.press('End')
  await page.reload()
  await expect(page.locator('.lanes .bookmarked')).toHaveCount(1)
  await page.keyboard.press('/')
  await page.getByRole('combobox', { name: /^Step number/ }).fill('bookmark step 23')
  await page.getByRole('option', { name: /Bookmark: V4 \| V5, step 23/ }).click()
  await expect.poll(async () => (await story.at()).step).toBe(23)
  await page.keyboard.press('m')
  await expect(page.locator('.lanes .bookmarked')).toHaveCount(0)
})
