/** Somebody reads: text and stage move each other, terms are explained, a prediction is graded by the machine, and what works is broken. */
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

for (const [width, height] of [[1280, 720], [390, 844]] as const) {
  test(`at ${width} × ${height} what a term means is seen whole, wherever the term stands`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await page.goto('./#read=who-may-write')
    await expect(page.locator('section.bench .verdict')).toBeVisible()
    // Until the runs are whole the text may still be put where the address leads.
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await page.waitForLoadState('networkidle')
    const terms = page.locator('button.term')
    const cut: string[] = []
    for (let n = 0; n < await terms.count(); n++) {
      await terms.nth(n).focus()
      const seen = () => page.locator('.meaning[data-open="true"]').evaluate((meaning) => {
        const { left, right, top, bottom } = meaning.getBoundingClientRect()
        return [[left + 6, top + 6], [right - 6, bottom - 6]].every(([x, y]) => meaning.contains(document.elementFromPoint(x!, y!)))
      })
      // The focus scrolls the text, and what is said follows in the next frame.
      const told = (await terms.nth(n).textContent())!
      await expect.poll(seen, { timeout: 2000 }).toBe(true).catch(() => cut.push(told))
    }
    // The pointer can go from the term into what is said of it.
    await page.locator('h1').click()
    await terms.first().hover()
    const said = page.locator('.meaning[data-open="true"]')
    const box = (await said.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + 10, { steps: 12 })
    await expect(said).toBeVisible()
    expect(await terms.count()).toBeGreaterThan(4)
    expect(cut).toEqual([])
  })
}

test('Back leads to the paragraph that was left, and a new chapter has the focus', async ({ page }) => {
  await page.goto('./#read=the-thread&at=9')
  await expect(page.locator('.beat').nth(8)).toHaveAttribute('aria-current', 'step')
  await page.locator('.turn-page').getByRole('link', { name: /Four names/ }).click()
  await expect(page.getByRole('main', { name: 'Four names for one page' })).toBeFocused()
  await page.locator('.turn-page').getByRole('link', { name: /The same handle/ }).press('Enter')
  await expect(page.getByRole('main', { name: 'The same handle' })).toBeFocused()
  await page.goBack()
  await page.goBack()
  await expect(page.locator('.beat').nth(8)).toHaveAttribute('aria-current', 'step')
  await expect(page).toHaveURL(/#read=the-thread&at=9$/)
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

test('the paragraph stands in the address: a reload and a link come back to it', async ({ page, story }) => {
  const beats = page.locator('.beat')
  const current = page.locator('.beat[aria-current]')
  await page.goto('./#read=who-may-write&at=4')
  await expect(beats.nth(3)).toHaveAttribute('aria-current', 'step')
  await expect(beats.nth(3)).toBeInViewport()
  const { step } = await story.at()
  expect(step).toBeGreaterThan(0)
  await page.keyboard.press('Shift+ArrowRight')
  await expect(beats.nth(3)).not.toHaveAttribute('aria-current', 'step')
  const there = Number(await current.getAttribute('data-beat'))
  expect(there).toBeGreaterThan(3)
  await expect(page).toHaveURL(new RegExp(`#read=who-may-write&at=${there + 1}$`))
  await page.reload()
  await expect(beats.nth(there)).toHaveAttribute('aria-current', 'step')
  // Steps inside of a paragraph leave the address alone, and are left alone by it.
  await page.evaluate(() => { location.hash = '#read=who-may-write&at=2' })
  await expect(beats.nth(1)).toHaveAttribute('aria-current', 'step')
  const begun = (await story.at()).step
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await story.at()).step).toBe(begun + 1)
  await expect(page).toHaveURL(/#read=who-may-write&at=2$/)
  await page.keyboard.press('Home')
  await expect(page).toHaveURL(/#read=who-may-write$/)
  await page.goto('./#read=who-may-write&at=99')
  await expect(page.getByText('the link asks for another one')).toBeVisible()
})

test('two runs of one variant have names, and the text shows the one that it is about', async ({ page }) => {
  await page.goto('./#read=who-closes')
  const runs = page.getByRole('group', { name: 'Runs' })
  await expect(runs.getByRole('button', { name: 'closed once' })).toHaveAttribute('aria-pressed', 'true')
  await page.evaluate(() => { location.hash = '#read=who-closes&at=6' })
  await expect(runs.getByRole('button', { name: 'closed twice' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('section.bench')).toContainText('EBADF')
  await page.evaluate(() => { location.hash = '#read=who-closes&at=2' })
  await expect(runs.getByRole('button', { name: 'closed once' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Break it' }).click()
  await expect(runs.getByRole('button', { name: 'never closed' })).toHaveAttribute('aria-pressed', 'true')
})

test('what was read and predicted is marked, outlives a reload, and can be forgotten', async ({ page }) => {
  await page.goto('./#read=who-may-write')
  const entry = page.getByRole('navigation', { name: 'Chapters' }).getByRole('link', { name: /Who may write/ })
  await expect(entry).toHaveAccessibleName(/1 of \d+ paragraphs read/)
  await page.locator('.jump').nth(2).click()
  await expect(entry).toHaveAccessibleName(/2 of \d+ paragraphs read/)
  const predict = page.getByRole('region', { name: 'Predict, then press' })
  await predict.getByLabel('It fails with EACCES, as here').check()
  await predict.getByRole('button', { name: 'Press: run it' }).click()
  await expect(entry).toHaveAccessibleName(/predicted/)
  await page.reload()
  await expect(entry).toHaveAccessibleName(/2 of \d+ paragraphs read predicted/)
  await expect(page.getByRole('button', { name: /^Go to the start; read/ })).toBeVisible()
  await expect(predict.getByLabel('It fails with EACCES, as here')).toBeChecked()
  await expect(predict).toContainText('the machine said something else')
  await page.getByRole('button', { name: 'Forget what I have read' }).click()
  await expect(entry).not.toHaveAccessibleName(/read|predicted/)
})

test('where storage is refused, marks last as long as the page', async ({ page }) => {
  await page.addInitScript(() => { for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError') } }) })
  await page.goto('./#read=who-may-write')
  const entry = page.getByRole('navigation', { name: 'Chapters' }).getByRole('link', { name: /Who may write/ })
  await expect(entry).toHaveAccessibleName(/1 of \d+ paragraphs read/)
  await page.locator('.jump').nth(2).click()
  await expect(entry).toHaveAccessibleName(/2 of \d+ paragraphs read/)
  await page.reload()
  await expect(entry).toHaveAccessibleName(/1 of \d+ paragraphs read/)
})

test('a chapter that does not exist is said', async ({ page }) => {
  await page.goto('./#read=nothing-like-it')
  await expect(page.getByText('There is no chapter “nothing-like-it”.')).toBeVisible()
})

test('on a phone a chapter is as wide as the screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('./#read=who-may-write')
  await expect(page.locator('section.bench .verdict')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})
