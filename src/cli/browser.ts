/**
 * Finds a Chromium for the journeys: CHROME_PATH, the usual names and places, Playwright's own; else tries to get one.
 * Every candidate must tell its version, because some systems put a stub where the browser should be.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
}

export const HOW_TO_GET_ONE = `No Chromium was found, and none could be had. Get one in one of these ways, then run the command again:
  Debian:            apt-get install chromium
  with a network:    npx playwright install chromium
  one that is there: CHROME_PATH=/path/to/chrome npm test`

const root = process.getuid?.() === 0

/** What the browser is started with; root has no sandbox to start. */
export const browserArgs: readonly string[] = [
  ...(root ? ['--no-sandbox'] : []), '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

const runs = (path: string): boolean => {
  // Chrome on Windows tells no version on the command line.
  if (process.platform === 'win32') return existsSync(path)
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000, stdio: ['ignore', 'pipe', 'ignore'] })
  return status === 0 && /\d+\.\d+/.test(stdout)
}

/** The browser that Playwright has downloaded, if it has. */
async function playwrights(): Promise<string> {
  const { chromium } = await import('@playwright/test')
  return chromium.executablePath()
}

export async function findBrowser(env: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  const asked = env.CHROME_PATH
  if (asked !== undefined && asked !== '') return runs(asked) ? asked : null
  const onPath = (env.PATH ?? '').split(delimiter).filter(folder => folder !== '').flatMap(folder => NAMES.map(name => join(folder, name)))
  for (const path of [...onPath, ...(PLACES[process.platform] ?? [])]) if (existsSync(path) && runs(path)) return path
  const own = await playwrights()
  return existsSync(own) && runs(own) ? own : null
}

const loud = (command: string, args: readonly string[]): boolean => {
  console.log(`$ ${[command, ...args].join(' ')}`)
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
}

/** The browser that is there, or one that is fetched now; null when there is none to be had. */
export async function browser(): Promise<string | null> {
  const found = await findBrowser()
  if (found !== null || process.env.CHROME_PATH) return found
  const apt = root && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
  if (apt) {
    // Lists that cannot be renewed may still be good enough.
    loud('apt-get', ['update', '-q'])
    loud('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'])
    const installed = await findBrowser()
    if (installed !== null) return installed
  }
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli')
  loud(process.execPath, [cli, 'install', 'chromium'])
  return findBrowser()
}
