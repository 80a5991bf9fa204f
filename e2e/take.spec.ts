/** Take it with you: what is copied, what is saved, and that the same moment is the same file. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './page.ts'

const MOMENT = '#scenario=canonical&variants=V4,V5&platform=rk3399&step=37'

async function openPanel(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Take it with you' }).click()
  await expect(page.getByRole('complementary', { name: 'Take it with you' })).toBeVisible()
}

async function saved(page: Page, title: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `Save: ${title}` }).click()])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

test('a link, a caption and a transcript line are copied, and the link opens the moment', async ({ page, story, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await story.open(MOMENT)
  await openPanel(page)
  const copied = async (name: string): Promise<string> => {
    await page.getByRole('button', { name, exact: true }).click()
    await expect(page.getByText(`${name} copied.`)).toBeVisible()
    return page.evaluate(() => navigator.clipboard.readText())
  }
  expect(await copied('Caption')).toMatch(/^V4: A shared writable mapping needs a file open for writing.*\nV5: /s)
  expect(await copied('Transcript line')).toMatch(/^V4: +\d+ task:B .* mmap\.refused\.mode/)
  const link = await copied('Link to this moment')
  expect(link).toMatch(/#scenario=canonical&variants=V4,V5&platform=rk3399&step=37&model=\w+$/)
  const other = await context.newPage()
  await other.goto(link)
  await expect(other.locator('.caption [role="status"]')).toContainText('Step 37 of')
  await other.close()
})

test('a saved drawing is an SVG that stands alone, and is the same after other steps were looked at', async ({ page, story }) => {
  await story.open(MOMENT)
  await openPanel(page)
  const first = await saved(page, 'Picture that scales (SVG)')
  expect(first.name).toBe('canonical-V4-V5-37.svg')
  const seen = await page.evaluate((text) => {
    const tree = new DOMParser().parseFromString(text, 'image/svg+xml')
    return { root: tree.documentElement.localName, wrong: tree.querySelector('parsererror')?.textContent ?? null, title: tree.querySelector('title')?.textContent }
  }, first.bytes.toString())
  expect(seen).toEqual({ root: 'svg', wrong: null, title: 'The story, July 2019, step 37 of 70' })
  const caption = await story.caption()
  await page.keyboard.press('Home')
  await page.keyboard.press('End')
  await page.keyboard.press('g')
  await page.getByRole('combobox', { name: 'Step number' }).fill('37')
  await page.keyboard.press('Enter')
  expect(await story.caption()).toBe(caption)
  await openPanel(page)
  expect((await saved(page, 'Picture that scales (SVG)')).bytes.equals(first.bytes)).toBe(true)
  // What is made of other steps leaves the step on the page alone.
  await saved(page, 'Transcript (Markdown)')
  expect(await story.caption()).toBe(caption)
})

test('a saved PNG is twice as large each way, and the same twice', async ({ page, story }) => {
  await story.open(MOMENT)
  await openPanel(page)
  const svg = (await saved(page, 'Picture that scales (SVG)')).bytes.toString()
  const [, w, h] = /<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!
  const first = await saved(page, 'Picture of pixels (PNG ×2)')
  expect(first.name).toBe('canonical-V4-V5-37@2x.png')
  expect([first.bytes.readUInt32BE(16), first.bytes.readUInt32BE(20)]).toEqual([2 * Number(w), 2 * Number(h)])
  expect((await saved(page, 'Picture of pixels (PNG ×2)')).bytes.equals(first.bytes)).toBe(true)
})

test('a range is printed, a page for each step', async ({ page, story, context }) => {
  await story.open(MOMENT)
  await openPanel(page)
  await page.getByRole('spinbutton', { name: 'from' }).fill('36')
  await page.getByRole('spinbutton', { name: 'to' }).fill('38')
  const { name, bytes } = await saved(page, 'Pages (print, PDF)')
  expect(name).toBe('canonical-V4-V5-36-38.html')
  // What the button hands to the printer is the same document.
  await page.getByRole('button', { name: 'Print: Pages (print, PDF)' }).click()
  await expect.poll(() => page.locator('#printed').getAttribute('srcdoc').catch(() => null)).toBe(bytes.toString())
  const sheet = await context.newPage()
  await sheet.setContent(bytes.toString())
  await expect(sheet.getByRole('img')).toHaveCount(3)
  const pdf = (await sheet.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(3)
  await sheet.close()
})

test('a range that is upside down is refused, and the message says what to do', async ({ page, story }) => {
  await story.open(MOMENT)
  await openPanel(page)
  await page.getByRole('spinbutton', { name: 'from' }).fill('40')
  await page.getByRole('spinbutton', { name: 'to' }).fill('12')
  await page.getByRole('button', { name: 'Save: Picture that plays (SVG)' }).click()
  await expect(page.getByRole('alert')).toContainText('Step 40 comes after step 12.')
})
