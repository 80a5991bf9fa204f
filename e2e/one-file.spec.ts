/** The page as one file, opened where it lies: without a server, and without a network. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from './page.ts'

const FILE = new URL('../dist/bufscope.html', import.meta.url)
test.use({ place: FILE.href })
test.beforeAll(() => { if (!existsSync(fileURLToPath(FILE))) throw new Error('dist/bufscope.html is not there. Run npm run build first.') })

const asked: string[] = []
test.beforeEach(async ({ context, page }) => {
  asked.length = 0
  await context.setOffline(true)
  page.on('request', (request) => { if (!/^(data|blob|about):/.test(request.url())) asked.push(request.url().replace(/#.*/, '')) })
})
test.afterEach(() => expect([...new Set(asked)], 'files that were asked for').toEqual([FILE.href]))

test('the story opens, steps, and another variant takes its place', async ({ page, story }) => {
  await story.open()
  await expect(story.benches.nth(0)).toHaveAccessibleName(/V4/)
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await story.at()).step).toBe(1)
  const first = await story.caption()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => story.caption()).not.toBe(first)
  await expect.poll(() => new URL(page.url()).hash).toContain('step=2')
  const faces = await page.evaluate(() => Promise.all([...document.fonts].map((face) => face.load().then(({ family, status }) => `${family} ${status}`))))
  expect(faces).toEqual(expect.arrayContaining(['Inter loaded', 'JetBrains Mono loaded']))

  await page.getByRole('button', { name: /^Variant of bench 2/ }).click()
  await page.getByRole('menuitemradio', { name: /^V9/ }).click()
  await expect(story.benches.nth(1)).toHaveAccessibleName(/V9/)
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.keyboard.press('End')
  await expect(story.benches.nth(1).locator('.verdict')).toContainText('works')

  // A link into it is a link like any other.
  await story.open('#variants=V1,V9&step=3')
  await expect(story.benches.nth(0)).toHaveAccessibleName(/V1/)
  expect((await story.at()).step).toBe(3)
})

test('it holds the recordings: the Evidence page replays them all, and the inspector names the one that confirms a step', async ({ page, story }) => {
  await story.open('#variants=V9,V4&exporter=E1&kernel=K61,K52&depth=call')
  await page.getByRole('link', { name: 'Evidence' }).click()
  await expect(page.locator('.run [role="status"]')).toHaveText(/^Done\./, { timeout: 50_000 })
  await expect(page.locator('.run .figure')).toHaveText('63,575 of 63,575 operations agree')
  await page.getByRole('link', { name: 'The story' }).click()
  await expect.poll(async () => (await story.at()).of).toBeGreaterThan(10)
  await page.keyboard.press('e')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  for (let n = 1; n <= 40 && !/confirmed on Linux/.test((await inspector.textContent()) ?? ''); n++) {
    await page.keyboard.press('ArrowRight')
    await expect(inspector.getByText('Asking the recordings…')).toHaveCount(0)
  }
  await expect(inspector).toContainText(/confirmed on Linux/)
})

test('a hazard of the list is seen on the stage', async ({ page, story }) => {
  await story.open()
  await page.getByRole('link', { name: 'Hazards' }).click()
  await page.getByRole('link', { name: 'See H9 bite' }).click()
  await expect(page.locator('.quirk[data-hazard="H9"]')).toBeVisible()
  expect(await story.caption()).toContain('Hazard H9: ')
})
