/**
 * `npm run oracle -- PATH…`: replays recordings of real kernels and says how far the simulated kernel gives the same answers.
 * Every operation counts; after the first difference in a sequence the rest counts as different. `--kernel ID` overrides the flavour,
 * `--devices LIST` keeps only sequences that need no other devices, `--show N` prints N first differences.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { bootKernel, drivers, type DeviceToBoot } from '../kernel/boot.ts'
import { flavours } from '../kernel/flavours.ts'
import type { KernelParts } from '../kernel/parts.ts'
import { killTask } from '../kernel/task.ts'
import { World } from '../world/world.ts'
import { lineAndColumn, placeIn } from './json-place.ts'
import { simpleHardware } from './simple-hardware.ts'
import { Replayer, type Node, type Op, type Result } from './ops.ts'

interface Sequence { readonly name: string; readonly ops: readonly Op[]; readonly results: readonly Result[]; readonly left?: number }
interface Recording { readonly file: string; readonly kernel: string; readonly nodes: readonly Node[]; readonly sequences: readonly Sequence[] }
interface Tally { agree: number; all: number }

class Malformed extends Error {}
const malformed = (file: string, place: string, remedy: string): never => {
  throw new Malformed(`${file}: ${place}. ${remedy}`)
}

function filesOf(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })) return malformed(path, 'there is no such file or folder', 'Give a recording, or a folder with recordings.')
  return statSync(path).isDirectory() ? readdirSync(path).filter(f => f.endsWith('.json')).sort().map(f => `${path}/${f}`) : [path]
}

export function readRecording(file: string, text: string): Recording {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))
    return malformed(file, lineAndColumn(text, at ? Number(at[1]) : text.length), `It is not JSON (${(error as Error).message}). Save it again from the recorder.`)
  }
  const wrong = (path: readonly (string | number)[], what: string, remedy: string): never => malformed(file, `${placeIn(text, path)}, ${what}`, remedy)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return wrong([], 'the text', 'A recording is an object with format, kernel, devices and sequences.')
  const { format, kernel, devices, sequences } = json as Record<string, unknown>
  if (format !== 1) wrong(['format'], 'field "format"', 'Only format 1 is known; put 1 there.')
  if (typeof kernel !== 'string') return wrong(['kernel'], 'field "kernel"', 'Name the release as text, for example "6.1.192".')
  const nodes = (devices as { nodes?: Node[] } | undefined)?.nodes
  if (!Array.isArray(nodes)) return wrong(['devices', 'nodes'], 'field "devices.nodes"', 'List the device nodes with driver, node and minor.')
  nodes.forEach((n, i) => {
    if (typeof n?.driver !== 'string' || typeof n.node !== 'string' || typeof n.minor !== 'number') wrong(['devices', 'nodes', i], `devices.nodes[${i}]`, 'A node has driver, node (card or render) and minor.')
  })
  if (!Array.isArray(sequences)) return wrong(['sequences'], 'field "sequences"', 'List the sequences, each with name, ops and results.')
  sequences.forEach((s: Sequence, i) => {
    const here = ['sequences', i]
    const which = `sequence ${i + 1}${typeof s?.name === 'string' ? ` (${s.name})` : ''}`
    if (typeof s?.name !== 'string') wrong(here, which, 'Give it a "name".')
    if (!Array.isArray(s.ops) || !Array.isArray(s.results)) wrong(here, which, 'It needs the lists "ops" and "results".')
    if (s.ops.length !== s.results.length) wrong(here, which, `It has ${s.ops.length} ops and ${s.results.length} results; every op needs one result.`)
    s.ops.forEach((op, n) => { if (typeof op?.op !== 'string') wrong([...here, 'ops', n], `${which}, op ${n + 1}`, 'Every op has a field "op".') })
    s.results.forEach((result, n) => { if (typeof result?.r !== 'string') wrong([...here, 'results', n], `${which}, result ${n + 1}`, 'Every result has a field "r".') })
  })
  return { file, kernel, nodes, sequences: sequences as Sequence[] }
}

/** The flavour that a recording's release is tested with; undefined: there is none. */
export function flavourOf(kernel: string): string | undefined {
  if (kernel.startsWith('6.1.')) return 'K61'
  if (kernel.startsWith('5.2.')) return /patch/.test(kernel.split('(')[0]!) ? 'KRFC' : 'K52'
  return undefined
}

export function devicesOf(nodes: readonly Node[]): DeviceToBoot[] {
  const renders = new Map(nodes.filter(n => n.node === 'render').map(n => [n.driver, `renderD${n.minor}`]))
  return nodes.filter(n => n.node === 'card').map(n => ({ driver: n.driver, card: `card${n.minor}`, render: renders.get(n.driver) ?? null }))
    .filter(d => drivers[d.driver.replace(/#\d+$/, '')])
}

/** Fields of a result that differ, `loose` ones apart. */
export function differences(got: Result | undefined, want: Result): string[] {
  if (!got) return ['not modelled']
  const loose = (want.loose ?? []) as string[]
  const strip = (value: unknown, prefix: string): unknown => {
    if (Array.isArray(value)) return value.map(v => strip(v, prefix))
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).filter(([key]) => !loose.includes(`${prefix}${key}`)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, v]) => [key, strip(v, `${prefix}${key}.`)]))
    }
    return value
  }
  const found: string[] = []
  for (const key of new Set([...Object.keys(got), ...Object.keys(want)])) {
    if (key === 'loose' || loose.includes(key)) continue
    const a = JSON.stringify(strip(got[key], `${key}.`))
    const b = JSON.stringify(strip(want[key], `${key}.`))
    if (a !== b) found.push(`${key}: ${a ?? 'nothing'}, recorded ${b ?? 'nothing'}`)
  }
  return found
}

interface Replayed {
  /** Index of the first operation answered differently, or -1. */
  readonly at: number
  readonly why: string
  readonly got?: Result
  readonly crashed?: boolean
}

export function replay(recording: Recording, sequence: Sequence, flavour: string | KernelParts, world = new World({ history: 'none' })): Replayed {
  const booted = bootKernel(world, simpleHardware(world), typeof flavour === 'string' ? flavours[flavour]! : flavour, devicesOf(recording.nodes))
  const replayer = new Replayer(booted, recording.nodes)
  for (let i = 0; i < sequence.ops.length; i++) {
    world.call = `r.${i + 1}`
    let got: Result | undefined
    try {
      got = replayer.run(sequence.ops[i]!)
    } catch (error) {
      return { at: i, why: `our own error: ${(error as Error).stack?.split('\n').slice(0, 4).join(' ')}`, crashed: true }
    }
    const found = differences(got, sequence.results[i]!)
    if (found.length) return { at: i, why: found.join('; '), got }
  }
  for (const task of world.ids('task')) if (world.get(task).state !== 'exited') killTask(booted.context(task), 'exit')
  const left = world.ids('dma_buf').length
  const recorded = sequence.left ?? 0
  return { at: -1, why: left === recorded ? '' : `${left} dma-bufs outlive all processes, recorded ${recorded}` }
}

const devicesIn = (s: Sequence): Set<string> => new Set(s.ops.flatMap(op => [
  ...(op.op === 'open' || op.op === 'fb_info' || op.op === 'gem_names' ? [String(op.dev ?? 'vgem')] : []), ...(op.op === 'memfd' ? ['memfd'] : []),
]))

interface Options { kernel: string | null; show: number; devices: readonly string[] | null; paths: string[] }
function options(argv: readonly string[]): Options {
  const found: Options = { kernel: null, show: 10, devices: null, paths: [] }
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--kernel') found.kernel = argv[++i] ?? ''
    else if (argv[i] === '--show') found.show = Number(argv[++i])
    else if (argv[i] === '--devices') found.devices = (argv[++i] ?? '').split(',')
    else if (argv[i] !== '--') found.paths.push(argv[i]!)
  }
  return found
}

export async function main(argv: readonly string[]): Promise<number> {
  const { kernel, show, devices, paths } = options(argv)
  try {
    if (paths.length === 0) malformed('oracle', 'no path given', 'Say: npm run oracle -- FILE-OR-FOLDER…')
    if (kernel !== null && !flavours[kernel]) malformed('oracle', `there is no kernel ${kernel}`, `Choose one of ${Object.keys(flavours).join(', ')}.`)
    const recordings = paths.flatMap(filesOf).map(file => readRecording(file, readFileSync(file, 'utf8')))
    return report(recordings, kernel, show, devices)
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    console.error(error.message)
    return 2
  }
}

/** Says how far it is, once a second when it takes longer than that. */
function progress(all: number): (done: number) => string {
  const begun = performance.now()
  let said = begun
  return done => {
    const now = performance.now()
    if (now - said > 1000) {
      said = now
      console.error(`  ${done} of ${all} operations so far`)
    }
    const seconds = (now - begun) / 1000
    return `${done} operations in ${seconds.toFixed(1)} s, ${Math.round(done / seconds)} a second`
  }
}

function report(recordings: readonly Recording[], kernel: string | null, show: number, devices: readonly string[] | null): number {
  const total: Tally = { agree: 0, all: 0 }
  const kinds = new Map<string, Tally>()
  const apart = new Map<string, Tally>()
  const firsts: string[] = []
  const leftOver: string[] = []
  let whole = 0
  let sequences = 0
  let done = 0
  const pace = progress(recordings.reduce((sum, r) => sum + r.sequences.reduce((n, s) => n + s.ops.length, 0), 0))
  for (const recording of recordings) {
    const flavour = kernel ?? flavourOf(recording.kernel)
    for (const sequence of recording.sequences) {
      if (devices && [...devicesIn(sequence)].some(d => !devices.includes(d))) continue
      const { at, why, got } = replay(recording, sequence, flavour ?? 'KNOW')
      pace(done += sequence.ops.length)
      const agree = at < 0 ? sequence.ops.length : at
      if (flavour === undefined) {
        const tally = apart.get(recording.kernel) ?? { agree: 0, all: 0 }
        apart.set(recording.kernel, { agree: tally.agree + agree, all: tally.all + sequence.ops.length })
        continue
      }
      sequences++
      if (at < 0) {
        whole++
        if (why) leftOver.push(`${recording.file} ${sequence.name}: ${why}`)
      } else firsts.push(`${recording.file} ${sequence.name}, op ${at + 1} of ${sequence.ops.length} (ops[${at}]): ${JSON.stringify(sequence.ops[at])}\n    ${why}\n    answered ${got ? JSON.stringify(got) : 'nothing'}, recorded ${JSON.stringify(sequence.results[at])}`)
      total.agree += agree
      total.all += sequence.ops.length
      sequence.ops.forEach(({ op }, i) => {
        const tally = kinds.get(op) ?? { agree: 0, all: 0 }
        kinds.set(op, { agree: tally.agree + (i < agree ? 1 : 0), all: tally.all + 1 })
      })
    }
  }
  console.log('Agreement per operation')
  for (const [op, { agree, all }] of [...kinds].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`  ${op.padEnd(14)} ${String(agree).padStart(6)} of ${String(all).padStart(6)}`)
  if (firsts.length) console.log(`First differences (${Math.min(show, firsts.length)} of ${firsts.length})`)
  for (const first of firsts.slice(0, show)) console.log(`  ${first}`)
  if (leftOver.length) console.log(`Different after the end (${leftOver.length} sequences), not counted below`)
  for (const one of leftOver.slice(0, show)) console.log(`  ${one}`)
  for (const [release, { agree, all }] of apart) console.log(`Apart, because there is no flavour for it: ${release.split(' ')[0]}, ${agree} of ${all} operations answered as KNOW would`)
  console.log(pace(done))
  console.log(`${whole} of ${sequences} sequences agree`)
  console.log(`${total.agree} of ${total.all} operations agree`)
  return total.agree === total.all ? 0 : 1
}
