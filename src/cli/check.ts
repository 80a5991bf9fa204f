/**
 * `npm test`: types (twice: the machine's without DOM), lint, unit tests, build, journeys in a real browser, all of them even after
 * one has failed; the last line counts the tests of both runners. `--quick` leaves out build, journeys, and the proofs over whole runs.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import { report } from '../bench/first-load.ts'
import { browser, HOW_TO_GET_ONE } from './browser.ts'

export interface Counts { readonly passed: number; readonly failed: number; readonly skipped: number }
interface Outcome { readonly title: string; readonly ok: boolean; readonly seconds: number; readonly counts: Counts | null }

/** Proofs over whole runs, by mutants and by chance: together they take longer than all the rest, and few changes break only them. */
const SLOW = ['mutants', 'random', 'properties', 'litmus', 'reference', 'seek', 'memory-story', 'stage/bench', 'stage/kept', 'stale-reads', 'whole'].map(name => `**/${name}.test.{ts,tsx}`)

const require = createRequire(import.meta.url)

/** The script of a tool's command, whatever shell or system this is. */
function tool(name: string, command = name): string {
  const manifest = require.resolve(`${name}/package.json`)
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> }
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]!)
}

/** The mode is each tool's own affair: what started this command has set one that would build the page for development. */
function run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): boolean {
  const { NODE_ENV: _, ...own } = process.env
  return spawnSync(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'], env: { ...own, ...env } }).status === 0
}

/** What vitest wrote with its json reporter. */
export function vitestCounts(text: string): Counts {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(text) as Record<string, number>
  return { passed: numPassedTests!, failed: numFailedTests!, skipped: numPendingTests! }
}

/** What Playwright wrote with its json reporter. In the pipeline a journey that failed may try once more; that it had to is said. */
export function playwrightCounts(text: string): Counts {
  const { stats } = JSON.parse(text) as { stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number> }
  if (stats.flaky > 0) console.log(`${stats.flaky} of the journeys passed only when tried again.`)
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
}

export function closing(all: readonly (Counts | null)[]): string {
  const sum = (of: keyof Counts): number => all.reduce((total, counts) => total + (counts?.[of] ?? 0), 0)
  return `${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`
}

async function freePort(): Promise<number> {
  return new Promise(found => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => found(port))
    })
  })
}

function counted(title: string, file: string, count: (text: string) => Counts, work: () => boolean): Outcome {
  let counts: Counts | null = null
  const outcome = timed(title, () => {
    const ok = work()
    try {
      counts = count(readFileSync(file, 'utf8'))
    } catch {
      console.error(`${title}: the runner wrote no counts.`)
      return false
    }
    return ok && counts.failed === 0 && counts.passed > 0
  })
  return { ...outcome, counts }
}

function timed(title: string, work: () => boolean): Outcome {
  console.log(`\n── ${title}`)
  const begun = performance.now()
  return { title, ok: work(), seconds: (performance.now() - begun) / 1000, counts: null }
}

function summary(outcomes: readonly Outcome[]): number {
  const failed = outcomes.filter(({ ok }) => !ok)
  console.log('')
  for (const { title, ok, seconds } of outcomes) console.log(`${ok ? 'ok    ' : 'FAILED'}  ${title.padEnd(28)} ${seconds.toFixed(1)} s`)
  console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.map(({ title }) => title).join(', ')}.`)
  console.log(closing(outcomes.map(({ counts }) => counts)))
  return failed.length === 0 ? 0 : 1
}

export async function main(argv: readonly string[]): Promise<number> {
  const strange = argv.find(word => word !== '--quick')
  if (strange !== undefined) {
    console.error(`There is no option ${strange}. Options: --quick.`)
    return 2
  }
  const quick = argv.includes('--quick')
  const executable = quick ? null : await browser()
  if (!quick && executable === null) {
    console.error(HOW_TO_GET_ONE)
    return 1
  }
  const folder = mkdtempSync(join(tmpdir(), 'bufscope-'))
  const [units, journeys] = [join(folder, 'vitest.json'), join(folder, 'playwright.json')]
  try {
    const outcomes = [
      timed('types', () => run(tool('typescript', 'tsc'), ['--noEmit'])),
      timed('types of the machine, no DOM', () => run(tool('typescript', 'tsc'), ['--noEmit', '-p', '.ci/machine.tsconfig.json'])),
      timed('lint', () => run(tool('oxlint'), ['--deny-warnings', 'src', 'e2e'])),
      counted('unit tests', units, vitestCounts, () => run(tool('vitest'), ['run', ...(quick ? SLOW.map(file => `--exclude=${file}`) : []), `--reporter=${quick ? 'dot' : 'default'}`, '--reporter=json', `--outputFile.json=${units}`])),
    ]
    if (quick) return summary(outcomes)
    const build = timed('build', () => run(tool('vite'), ['build']) && run(tool('vite'), ['build', '--mode', 'single']))
    outcomes.push(build)
    if (build.ok) {
      outcomes.push(timed('first load', () => {
        const { ok, text } = report('dist')
        console.log(text)
        return ok
      }))
      const env = { CHROME_PATH: executable!, BUFSCOPE_PORT: String(await freePort()), PLAYWRIGHT_JSON_OUTPUT_FILE: journeys }
      outcomes.push(counted('journeys in a browser', journeys, playwrightCounts, () => run(tool('@playwright/test', 'playwright'), ['test', '--config', 'e2e', '--reporter=list,json'], env)))
    }
    return summary(outcomes)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
