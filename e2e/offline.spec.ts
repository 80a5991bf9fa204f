/** Somebody was here before and comes again without a network: the page is the one of the last visit, all of it. */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { header } from '../src/cli/offline-plugin.ts'
import { expect, test as base } from './page.ts'
import { FileServer } from './server.ts'

const DIST = fileURLToPath(new URL('../dist', import.meta.url))
/** A server of its own for each journey: stopped, it is as gone as a network can be. */
const test = base.extend<{ server: FileServer }>({
  server: async ({ context: _ }, use) => {
    const server = new FileServer(DIST)
    await server.start()
    await use(server)
    await server.stop()
  },
  place: ({ server }, use) => use(server.url),
})
test.use({ serviceWorkers: 'allow' })

const isKept = (page: Page) => expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 30_000 }).toBe('activated')
const step = async (page: Page, at: () => Promise<{ step: number }>): Promise<void> => {
  const before = (await at()).step
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await at()).step).toBe(before + 1)
}

test('after a first visit everything is there without a server', async ({ page, story, server, errors }) => {
  await story.open()
  await step(page, story.at)
  expect(server.asked.filter((path) => /sw\.js|recordings/.test(path)), 'asked for later use before the first step').toEqual([])
  await isKept(page)
  expect(server.asked).toContain('/sw.js')

  await server.stop()
  await page.context().setOffline(true)
  await page.reload()
  await expect.poll(async () => (await story.at()).of).toBeGreaterThan(40)
  await step(page, story.at)
  await story.open('#variants=V1,V9&step=2')
  await step(page, story.at)
  await page.getByRole('link', { name: 'Evidence' }).click()
  await expect(page.locator('.run [role="status"]')).toHaveText(/^Done\./, { timeout: 50_000 })
  await expect(page.locator('.run .figure')).toHaveText('63,575 of 63,575 operations agree')
  await page.goto(`${server.url}index.html#hazards`)
  await expect(page.getByRole('listitem')).toHaveCount(22)
  // The browser tells that there was no network, which is what this is about.
  expect(errors.filter((error) => !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/.test(error))).toEqual([])
  errors.length = 0
})

/** A build that differs in its page and in one file with a hash; the old one of that is gone. */
function nextBuild(folder: string): void {
  cpSync(DIST, folder, { recursive: true })
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const [style] = /assets\/page-[\w-]+\.css/.exec(html)!
  renameSync(join(folder, style), join(folder, 'assets/page-next.css'))
  writeFileSync(join(folder, 'index.html'), html.replace(style, 'assets/page-next.css').replace(/<title>.*?<\/title>/, '<title>the next build</title>'))
  const script = join(folder, 'sw.js')
  writeFileSync(script, header(folder) + readFileSync(script, 'utf8').replace(/^const VERSION=.*\n/, ''))
}

test('a new build is there at once with a network, and without one only when nobody has the old one open; the two never mix', async ({ page, story, server, errors, context }) => {
  const styles = () => page.evaluate(() => [...document.styleSheets].map(({ href }) => href?.replace(/.*\//, '')).filter((name) => name?.startsWith('page-')))
  const stores = () => page.evaluate(async () => (await caches.keys()).length)
  await story.open()
  await isKept(page)
  const [old, oldTitle] = [await styles(), await page.title()]
  const folder = mkdtempSync(join(tmpdir(), 'bufscope-'))
  try {
    nextBuild(folder)
    server.folder = folder
    await page.reload()
    await expect(page).toHaveTitle('the next build')
    expect(await styles()).toEqual(['page-next.css'])
    await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state), { timeout: 30_000 }).toBe('installed')
    expect(await stores()).toBe(2)

    await server.stop()
    await page.reload()
    await expect(page).toHaveTitle(oldTitle)
    expect(await styles()).toEqual(old)
    await expect.poll(async () => (await story.at()).of).toBeGreaterThan(40)
    await step(page, story.at)

    await page.goto('about:blank')
    await expect(async () => {
      const again = await context.newPage()
      try {
        await again.goto(server.url)
        await expect(again).toHaveTitle('the next build', { timeout: 500 })
        expect(await again.evaluate(async () => (await caches.keys()).length)).toBe(1)
      } finally {
        await again.close()
      }
    }).toPass()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  expect(errors.filter((error) => !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/.test(error))).toEqual([])
  errors.length = 0
})
