/** Somebody reads: text and stage move each other, terms are explained, a prediction is graded by the machine, and what works is broken. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './page.ts'

test('the list leads to a chapter; keys move the stage, and the text goes along', async ({ page, story }) => {
  await story.open()
  await page.getByRole('link', { name: 'Chapters' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The thread of July 2019')
  await page.getByRole('navigation', { name: 'Chapters' }).getByRole('link', { name: /Who may write/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who may write?')
  const beats = page.locator('.beat')
  await expect(beats.first()).toHaveAttribute('aria-current', 'step')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(beats.nth(1)).toHaveAttribute('aria-current', 'step')
  expect((await story.at()).step).toBeGreaterThan(0)
  await page.locator('main.text').hover()
  await page.mouse.wheel(0, 5000)
  await expect(beats.last()).toHaveAttribute('aria-current', 'step')
  await expect(page.locator('section.bench .verdict')).toContainText('EACCES at mmap')
})

test('a term says what it means, on focus and on hover, and Esc takes it away', async ({ page }) => {
  await page.goto('./#read=who-may-write')
  const term = page.getByRole('button', { name: 'dma-buf', exact: true })
  await term.focus()
  const meaning = page.getByRole('tooltip').filter({ hasText: 'A buffer as a file' })
  await expect(meaning).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(meaning).toBeHidden()
  // The page may still scroll to the paragraph shown: then the pointer has to come again.
  await expect(async () => {
    await page.mouse.move(2, 2)
    await term.hover()
    await expect(meaning).toBeVisible({ timeout: 2000 })
  }).toPass()
})

test('a prediction is graded by the run, and the run can be seen', async ({ page }) => {
  await page.goto('./#read=who-may-write')
  const predict = page.getByRole('region', { name: 'Predict, then press' })
  await predict.getByLabel('It fails with EACCES, as here').check()
  await predict.getByRole('button', { name: 'Press: run it' }).click()
  await expect(predict.getByRole('status')).toContainText('Not so.')
  await expect(predict.locator('label[data-true="true"]')).toContainText('It works')
  await predict.getByRole('button', { name: 'See that run on the stage' }).click()
  await expect(page.locator('section.bench').getByText('V9 ·')).toBeVisible()
  await page.getByRole('button', { name: 'Break it' }).click()
  await expect(page.locator('section.bench').getByText('V17 ·')).toBeVisible()
  await page.getByRole('link', { name: 'Side by side' }).click()
  await expect(page).toHaveURL(/variants=V17,V5/)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who may write?')
})

test('a chapter that does not exist is said', async ({ page }) => {
  await page.goto('./#read=nothing-like-it')
  await expect(page.getByText('There is no chapter “nothing-like-it”.')).toBeVisible()
})

for (const theme of ['light', 'night', 'phone'] as const) {
  test(`axe finds nothing on a chapter: ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme === 'night' ? 'dark' : 'light', reducedMotion: 'reduce' })
    if (theme === 'phone') await page.setViewportSize({ width: 390, height: 844 })
    await page.goto('./#read=who-may-write')
    await expect(page.locator('section.bench .verdict')).toBeVisible()
    await page.getByLabel('It fails with EACCES, as here').check()
    await page.getByRole('button', { name: 'Press: run it' }).click()
    await expect(page.getByText('Not so.')).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(await page.evaluate(() => innerWidth))
  })
}
