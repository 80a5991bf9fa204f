/** What runs: variants, exporters, the program itself. */
import { expect, test } from './page.ts'

test('a variant is swapped from a menu that says why, who and where', async ({ page, story }) => {
  await story.open()
  await page.getByRole('button', { name: /^Variant of bench 1/ }).click()
  const choice = page.getByRole('menuitemradio', { name: /^V6/ })
  await expect(choice).toContainText('Steven Price')
  await expect(choice).toContainText('never merged')
  await choice.click()
  await expect(story.benches.nth(0)).toHaveAccessibleName(/V6/)
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.keyboard.press('End')
  await expect(story.benches.nth(0).locator('.verdict')).toContainText('leaks 1 importer reference')
})

test('the first caption says why there are no stripes, and one press shows some', async ({ page, story }) => {
  await story.open()
  await expect(page.locator('.caption')).toContainText('write-combined')
  await page.getByRole('button', { name: /Show the stripes/ }).click()
  await expect(story.benches.nth(0)).toHaveAccessibleName(/V1/)
  await expect(page.getByRole('button', { name: /^Exporter/ })).toContainText('cached')
  await expect.poll(() => story.caption()).toContain('second frame')
  await expect(story.benches.nth(1).locator('.verdict')).toContainText('old pixels in 32 of 64 lines')
  await expect(story.benches.nth(1).locator('.stage')).toContainText('32 of 64 lines stale')
})

test('any other combination of parts can be asked for', async ({ page, story }) => {
  await story.open()
  await page.getByRole('button', { name: 'Parts' }).click()
  await page.getByRole('combobox', { name: 'Export flags, V4' }).selectOption('F1')
  await page.keyboard.press('Escape')
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.keyboard.press('End')
  await expect(story.benches.nth(0).locator('.verdict')).toContainText('works')
  await expect(story.benches.nth(0).locator('.shows')).toContainText('DRM_RDWR')
  expect(new URL(page.url()).hash).toContain('flags=F1,-')
})

/** The picture that the display shows on the right, as an image's bytes. */
const shownOnRight = (page: import('@playwright/test').Page): Promise<string> =>
  page.evaluate(() => [...document.querySelectorAll('.bench:nth-child(2) .stage image')].map((image) => image.getAttribute('href')).join('\n') + [...document.querySelectorAll<HTMLCanvasElement>('.bench:nth-child(2) .stage canvas')].map((canvas) => canvas.toDataURL()).join('\n'))

test('one byte of the program changes the picture, and fits into the link', async ({ page, story }) => {
  await story.open('#landmark=day%20shown')
  const before = await shownOnRight(page)
  expect(before.length).toBeGreaterThan(500)
  await page.getByRole('button', { name: 'Program' }).click()
  const field = page.getByLabel(/One call per line/)
  const own = await field.inputValue()
  await field.fill(own.replace('fill(px, day)\n', 'fill(px, day)\n  store(px + 100, "a5")\n'))
  await expect(page.locator('#program-problems')).toContainText('is part of the link')
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.getByRole('button', { name: 'Close: Program' }).click()
  await expect.poll(() => shownOnRight(page)).not.toBe(before)
  const after = await shownOnRight(page)
  const { step } = await story.at()
  await expect.poll(() => new URL(page.url()).hash).toContain(`step=${step}`)
  expect(new URL(page.url()).hash.length).toBeLessThan(300)
  await page.reload()
  await expect.poll(async () => (await story.at()).step).toBe(step)
  await expect.poll(() => shownOnRight(page)).toBe(after)
})

test('a mistake in the program names line, column and remedy, and the last good run stays', async ({ page, story }) => {
  await story.open('#step=5')
  await page.getByRole('button', { name: 'Program' }).click()
  const field = page.getByLabel(/One call per line/)
  const own = await field.inputValue()
  await field.fill(own.replace('munmap(px)', 'munnmap(px)'))
  const problem = page.locator('#program-problems .problem')
  await expect(problem).toContainText(/line \d+, column \d+/)
  await expect(problem).toContainText('munmap')
  await problem.getByRole('button').first().click()
  expect(await field.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionStart + 7))).toBe('munnmap')
  expect((await story.at()).step).toBe(5)
  await field.fill(own)
  await expect(problem).toHaveCount(0)
})
