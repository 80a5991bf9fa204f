/** The built page in a real browser, driven by keys. */
import { chromium, type Page } from '@playwright/test'
import { preview } from 'vite'
import { browserArgs } from '../cli/browser.ts'

/** Serves a build, opens a browser of 1920 × 1080, works with a page in it, and closes everything. */
export async function serve<T>(dist: string, browser: string, work: (page: Page, url: string) => Promise<T>): Promise<T> {
  const server = await preview({ configFile: false, logLevel: 'error', build: { outDir: dist }, preview: { host: '127.0.0.1', port: 0 } })
  const url = server.resolvedUrls!.local[0]!
  const running = await chromium.launch({ executablePath: browser, args: [...browserArgs] })
  try {
    const page = await running.newPage({ viewport: { width: 1920, height: 1080 } })
    return await work(page, url)
  } finally {
    await running.close()
    await server.close()
  }
}

/** Until the runs are whole and the page says where it stands. */
export async function ready(page: Page): Promise<number> {
  await page.waitForFunction(() => /^Step \d+ of [1-9]/.test(document.querySelector('.caption [role="status"]')?.textContent ?? '') && !document.querySelector('[aria-busy="true"]'), undefined, { timeout: 60_000 })
  return Number(/of (\d+)/.exec((await page.textContent('.caption [role="status"]'))!)![1])
}

/** Files of the build that were asked for until the first step was shown; fonts and the store for later come after the first frame. */
export async function requestedFiles(page: Page, url: string): Promise<string[]> {
  const asked: string[] = []
  page.context().on('request', request => asked.push(new URL(request.url()).pathname.slice(1)))
  await page.goto(url)
  await ready(page)
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction(() => document.querySelector('.caption [role="status"]')?.textContent?.startsWith('Step 1 of') === true)
  return [...new Set(asked)].map(file => (file === '' ? 'index.html' : file)).filter(file => !/afterwards-|\.woff2$|^icon\.png$/.test(file))
}
