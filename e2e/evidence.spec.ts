/** A sceptic asks what all this rests on: the Evidence page replays recordings here and now, and the inspector names what confirms a step. */
import type { Page } from '@playwright/test'
import { gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { expect, test } from './page.ts'

const figure = (page: Page) => page.locator('.run .figure')
const said = (page: Page) => page.locator('.run [role="status"]')
const finished = async (page: Page): Promise<void> => expect(said(page)).toHaveText(/^Done\./, { timeout: 50_000 })

test('replays every recording, tells how far it is, can be cancelled, and all agree', async ({ page, story }) => {
  await story.open('#step=3')
  await page.getByRole('link', { name: 'Evidence' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Evidence' })).toBeVisible()
  const bar = page.getByRole('progressbar')
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 30_000 }).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(said(page)).toHaveText(/Cancelled/)
  const stopped = await bar.getAttribute('aria-valuenow')
  expect(Number(stopped)).toBeLessThan(63_861)
  await page.waitForTimeout(400)
  expect(await bar.getAttribute('aria-valuenow')).toBe(stopped)

  await page.getByRole('button', { name: 'Replay again' }).click()
  await finished(page)
  await expect(figure(page)).toHaveText('63,575 of 63,575 operations agree')
  await expect(bar).toHaveAttribute('aria-valuenow', '63861')
  const rules = page.getByRole('region', { name: 'By rule', exact: true })
  await expect(rules.getByRole('columnheader')).toHaveText([/rule/, /5\.2\.1.*K52/, /patch.*KRFC/, /6\.1\.192.*K61/, /6\.12\.117.*apart/])
  await expect(rules.getByRole('row', { name: /mmap of an import/ })).toContainText('✓')
  await expect(page.getByRole('region', { name: 'Not covered' })).toContainText('GPUs and their jobs')

  // A row opens its sequence; Esc and the back button close it.
  await page.getByRole('searchbox', { name: 'Find a sequence' }).fill('forwarded read-only')
  await page.getByRole('link', { name: 'import/forwarded-mmap-of-read-only-export' }).first().click()
  const view = page.getByRole('dialog', { name: 'import/forwarded-mmap-of-read-only-export' })
  await expect(view.getByRole('row', { name: /mmap/ }).first()).toContainText('same')
  await page.keyboard.press('Escape')
  await expect(view).toHaveCount(0)
  await expect(figure(page)).toHaveText('63,575 of 63,575 operations agree')

  // The story stands where it was left.
  await page.getByRole('link', { name: 'The story' }).click()
  await expect.poll(async () => (await story.at()).step).toBe(3)
})

const packed = (name: string): string => gunzipSync(readFileSync(new URL(`../public/recordings/${name}.json.gz`, import.meta.url))).toString('utf8')

test('a recording of one\'s own: a changed answer is named with its place, and what cannot be read with a remedy', async ({ page }) => {
  await page.goto('./#evidence&file=6.1.192/scenarios&sequence=sync/flag-table')
  await expect(page.getByRole('dialog', { name: 'sync/flag-table' })).toContainText('operations agree')
  await page.keyboard.press('Escape')
  const recording = JSON.parse(packed('6.1.192/scenarios')) as { sequences: { name: string; results: { r: string }[] }[] }
  const [sequence] = (recording.sequences = recording.sequences.slice(0, 1))
  sequence!.results[3]!.r = 'EXDEV'
  const field = page.getByLabel('Recording to replay')
  await field.setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(recording)) })
  await finished(page)
  await expect(figure(page)).toHaveText(`3 of ${sequence!.results.length} operations agree`)
  const differing = page.getByRole('region', { name: 'Disagreements' })
  await expect(differing).toContainText(`${sequence!.name} mine, operation 4 of ${sequence!.results.length}`)
  await expect(differing).toContainText('"r":"EXDEV"')
  await expect(differing).toContainText('"r":"EACCES"')
  await differing.getByRole('link').first().click()
  await expect(page.getByRole('row', { name: /differs/ })).toContainText('EXDEV')
  await page.keyboard.press('Escape')

  await field.setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{\n  "format": 1,\n  oops\n}') })
  await expect(page.getByRole('alert')).toHaveText('broken.json: line 3, column 3. It is not JSON: here it stops making sense. Save it again from the recorder.'.replace('broken.json', 'broken'))
})

test('recordings that cannot be fetched are told with a remedy', async ({ page, errors }) => {
  await page.route('**/recordings/5.2.1/*.gz', (route) => route.abort())
  await page.goto('./#evidence')
  await expect(page.getByRole('alert')).toContainText(/recordings\/5\.2\.1.*could not be fetched.*try again/)
  await page.unroute('**/recordings/5.2.1/*.gz')
  await page.getByRole('button', { name: 'Replay again' }).click()
  await finished(page)
  expect(errors.every((error) => /5\.2\.1|ERR_FAILED/.test(error))).toBe(true)
  errors.length = 0
})

test('the inspector names the recording that confirms a step, and says where there is none', async ({ page, story }) => {
  const asked: string[] = []
  page.on('request', (request) => { if (request.url().includes('/recordings/')) asked.push(request.url()) })
  await story.open('#variants=V9,V4&exporter=E1&kernel=K61,K52&depth=call')
  expect(asked).toEqual([])
  const { of } = await story.at()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  /** Steps from the beginning until the inspector says it. */
  const until = async (words: RegExp): Promise<void> => {
    await page.keyboard.press('Home')
    for (let n = 1; n <= of && !words.test((await inspector.textContent()) ?? ''); n++) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(async () => (await story.at()).step).toBe(n)
      await expect(inspector.getByText('Asking the recordings…')).toHaveCount(0)
    }
    await expect(inspector).toContainText(words)
  }
  await page.keyboard.press('e')
  await until(/mmap: confirmed on Linux 6\.1\.192 by import/)
  await expect(inspector).toContainText('mmap: confirmed on Linux 6.1.192 by import/forwarded-mmap-of-read-only-export')
  await expect(inspector).toContainText('mmap: confirmed on Linux 5.2.1 by thread/')
  await inspector.getByText('What “the same situation” means here').first().click()
  await expect(inspector).toContainText('read-only')
  await until(/DRM_IOCTL_MODE_PAGE_FLIP: No recording covers it/)
  // One index, and none of the recordings.
  expect(asked.map((url) => url.replace(/.*\//, ''))).toEqual(['witnesses.json.gz'])

  await until(/mmap: confirmed on Linux 6\.1\.192 by import/)
  await inspector.getByRole('link', { name: 'import/forwarded-mmap-of-read-only-export' }).click()
  await expect(page.getByRole('dialog').locator('tr[aria-current="true"]')).toContainText('mmap')
})

for (const [width, height] of [[1920, 1080], [1280, 720], [390, 844]] as const) {
  test(`at ${width} × ${height} the Evidence page scrolls only down`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await page.goto('./#evidence')
    await finished(page)
    const wide = await page.evaluate(() => [document.documentElement, document.querySelector('.evidence')!, ...document.querySelectorAll('.evidence .card')].filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.className))
    expect(wide).toEqual([])
  })
}
