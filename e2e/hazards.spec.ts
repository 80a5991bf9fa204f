/** Somebody comes with a symptom: the list of hazards, and from each the moment at which it bites, with its reason on the stage. */
import { expect, test } from './page.ts'

test('the list has all 22, and links open the stage where the hazard is seen', async ({ page, story }) => {
  await story.open('#step=3')
  await page.getByRole('link', { name: 'Hazards' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Hazards' })).toBeVisible()
  const entries = page.getByRole('listitem')
  await expect(entries).toHaveCount(22)
  await expect(entries.nth(8)).toContainText('SYNC said WRITE, and the CPU reads')
  await expect(entries.nth(8)).toContainText('dma_sync_sgtable_for_cpu does nothing for TO_DEVICE')

  // One with a program of its own, one with a driver that forgets something, one of the story's.
  for (const [known, sees, said] of [['H9', '64 of 64 lines stale', 'wrong-direction'], ['H12', 'Display: 32 of 64 lines stale', 'gpu-cache-not-cleaned'], ['H14', 'Display: 32 of 64 lines stale', 'canonical']] as const) {
    await page.getByRole('link', { name: `See ${known} bite` }).click()
    await expect(page.locator(`.quirk[data-hazard="${known}"]`)).toBeVisible()
    await expect(page).toHaveURL(new RegExp(`scenario=${said}&.*step=\\d+`))
    expect(await story.caption()).toContain(`Hazard ${known}: `)
    await expect(page.locator('section.bench')).toContainText(sees)
    await page.goBack()
    await expect(entries).toHaveCount(22)
  }
})

test('what is missing is said in the inspector and in the findings, and the line that it is about can be looked at', async ({ page, story }) => {
  await story.open('#scenario=wrong-direction&variants=V21&platform=rk3399&find=H9')
  const chip = page.locator('.quirk[data-hazard="H9"]')
  await expect(chip).toBeVisible()
  await chip.click()
  const note = page.locator('.odd[data-hazard="H9"]')
  await expect(note).toContainText('read a line inside a bracket for writing')
  await expect(note).toContainText('begin_cpu_access with the direction of the access')
  await note.getByRole('button', { name: /line/ }).click()
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('who sees which bytes')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /The watchers saw 1/ }).click()
  await expect(page.getByRole('menuitem')).toContainText('missing: begin_cpu_access')
})

test('a hazard that these runs do not have is said', async ({ page, story }) => {
  await story.open('#variants=V9&find=H17')
  await expect(page.getByText('Hazard H17 is not seen in these runs. Opened step 0.')).toBeVisible()
})

test('on a phone the list fits, and its links lead to the stage', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('./#hazards')
  await expect(page.getByRole('listitem')).toHaveCount(22)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.getByRole('link', { name: 'See H4 bite' }).click()
  await expect(page.locator('.quirk[data-hazard="H4"]')).toBeVisible()
})
