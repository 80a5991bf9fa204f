/** Journeys run against the built page, in Chromium, two files at a time. */
import { defineConfig } from '@playwright/test'
import { browserArgs, findBrowser, HOW_TO_GET_ONE } from '../src/cli/browser.ts'

const executablePath = await findBrowser()
if (executablePath === null) throw new Error(HOW_TO_GET_ONE)
const port = Number(process.env.BUFSCOPE_PORT ?? 4179)

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: 2,
  // A busy machine may be late once; what is late twice is broken.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1280, height: 720 },
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args: [...browserArgs] },
  },
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: '..',
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
})
