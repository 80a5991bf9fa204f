/** `npm run bench [-- group…]`: measures, prints a table, writes bench/results/latest.json. Groups lie on a shelf of their own. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { findBrowser } from '../cli/browser.ts'
import { limitLoop, type Row } from './measure.ts'

export interface Group {
  readonly id: string
  readonly title: string
  measure(setting: Setting): Promise<readonly Row[]>
}
/** What a group is given: a browser if there is one, and the folder of a fresh build, made when first asked for. */
export interface Setting { readonly browser: string | null; build(): string }

const files = import.meta.glob<{ default: Group }>(['./groups/*.ts', '!./groups/*.test.ts', '!./groups/_*.ts'], { eager: true })
const groups: readonly Group[] = Object.values(files).map(file => file.default)

/** Above this, what was measured says more about the machine than about us. */
const NOISY = 1.5

const short = (value: number): string => (value >= 1000 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toPrecision(3))

export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ id, product, peer, ratio, range, level, checks }) => [
    id, `${short(product.median)} ${product.unit}`, peer ? `${short(peer.median)} ${peer.unit}` : '-', ratio === null ? '-' : short(ratio),
    range ? `${short(range[0])}–${short(range[1])}` : '-', level, checks, peer?.name ?? '',
  ])
  const heads = ['id', 'product', 'peer', 'ratio', 'range', 'level', 'checks', 'against']
  const widths = heads.map((head, i) => Math.max(head.length, ...cells.map(row => row[i]!.length)))
  return [heads, ...cells].map(row => row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ').trimEnd()).join('\n')
}

/** What may fail: counts and sizes always, a median below its floor only on a machine that measures the same twice. */
export const failures = (rows: readonly Row[], noisy: boolean): string[] =>
  rows.filter(({ level, checks, product: { unit } }) => (level === 'below the floor' && (!noisy || unit === 'bytes')) || !(checks === 'ok' || checks.startsWith('skipped')))
    .map(({ id, level, checks }) => `${id}: ${checks === 'ok' ? level : checks}`)

function chromiumOf(path: string | null): string | null {
  return path === null ? null : (/[\d.]+/.exec(spawnSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).stdout ?? '')?.[0] ?? null)
}

function builder(): () => string {
  let made: string | null = null
  return () => {
    if (made !== null) return made
    const { NODE_ENV: _, ...env } = process.env
    const outDir = join('bench', 'dist')
    const { status, stderr } = spawnSync('npx', ['vite', 'build', '--outDir', outDir, '--emptyOutDir'], { env, encoding: 'utf8', shell: process.platform === 'win32' })
    if (status !== 0) throw new Error(`the page could not be built: ${stderr}`)
    return (made = outDir)
  }
}

export async function main(argv: readonly string[]): Promise<number> {
  const asked = argv.filter(word => word !== '--')
  const unknown = asked.filter(id => !groups.some(group => group.id === id))
  if (unknown.length > 0) {
    console.error(`There is no group ${unknown.join(', ')}. Groups: ${groups.map(({ id, title }) => `${id} (${title})`).join(', ')}.`)
    return 2
  }
  const browser = await findBrowser()
  const setting: Setting = { browser, build: builder() }
  const rows: Row[] = []
  const loops = [limitLoop(), limitLoop()].slice(1)
  for (const group of groups.filter(({ id }) => asked.length === 0 || asked.includes(id))) {
    console.log(`${group.id}: ${group.title} …`)
    rows.push(...(await group.measure(setting)))
    loops.push(limitLoop(), limitLoop())
  }
  const limitSpread = Math.max(...loops) / Math.min(...loops)
  const noisy = limitSpread > NOISY
  if (noisy) console.log(`\nNoisy machine: ratios only indicative (a fixed loop took from ${short(Math.min(...loops))} to ${short(Math.max(...loops))} ms).`)
  console.log(`\n${table(rows)}`)
  mkdirSync(join('bench', 'results'), { recursive: true })
  writeFileSync(join('bench', 'results', 'latest.json'), `${JSON.stringify({
    when: new Date().toISOString(), node: process.versions.node, chromium: chromiumOf(browser), cpu: cpus()[0]?.model ?? '', cores: cpus().length, load1: loadavg()[0], limitSpread, rows,
  }, null, 2)}\n`)
  const failed = failures(rows, noisy)
  const slow = rows.filter(({ level }) => level === 'below the floor').length - failed.length
  if (failed.length > 0) console.log(`\nBelow budget: ${failed.join('; ')}.`)
  else console.log(slow > 0 ? `\n${slow} times are over budget, on a machine too noisy to judge them.` : '\nEvery budget is kept.')
  return failed.length === 0 ? 0 : 1
}
