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

function lineOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n')
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`
}

export function readRecording(file: string, text: string): Recording {
  let json: Record<string, unknown>
  try {
    json = JSON.parse(text) as Record<string, unknown>
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))
    return malformed(file, at ? lineOf(text, Number(at[1])) : 'the text', `It is not JSON (${(error as Error).message}). Save it again from the recorder.`)
  }
  if (typeof json !== 'object' || json === null) return malformed(file, 'the text', 'A recording is an object with format, kernel, devices and sequences.')
  if (json.format !== 1) malformed(file, 'field "format"', 'Only format 1 is known; put 1 there.')
  if (typeof json.kernel !== 'string') malformed(file, 'field "kernel"', 'Name the release as text, for example "6.1.192".')
  const nodes = (json.devices as { nodes?: Node[] } | undefined)?.nodes
  if (!Array.isArray(nodes)) return malformed(file, 'field "devices.nodes"', 'List the device nodes with driver, node and minor.')
  nodes.forEach((n, i) => {
    if (typeof n?.driver !== 'string' || typeof n.node !== 'string' || typeof n.minor !== 'number') malformed(file, `devices.nodes[${i}]`, 'A node has driver, node (card or render) and minor.')
  })
  if (!Array.isArray(json.sequences)) return malformed(file, 'field "sequences"', 'List the sequences, each with name, ops and results.')
  json.sequences.forEach((s: Sequence, i) => {
    const place = `sequence ${i + 1}${typeof s?.name === 'string' ? ` (${s.name})` : ''}`
    const where = typeof s?.name === 'string' && text.includes(`"name":"${s.name}"`) ? `${lineOf(text, text.indexOf(`"name":"${s.name}"`)).split(',')[0]}, ${place}` : place
    if (typeof s?.name !== 'string') malformed(file, where, 'Give it a "name".')
    if (!Array.isArray(s.ops) || !Array.isArray(s.results)) malformed(file, where, 'It needs the lists "ops" and "results".')
    if (s.ops.length !== s.results.length) malformed(file, where, `It has ${s.ops.length} ops and ${s.results.length} results; every op needs one result.`)
    s.ops.forEach((op, n) => { if (typeof op?.op !== 'string') malformed(file, `${where}, op ${n + 1}`, 'Every op has a field "op".') })
    s.results.forEach((result, n) => { if (typeof result?.r !== 'string') malformed(file, `${where}, result ${n + 1}`, 'Every result has a field "r".') })
  })
  return { file, kernel: json.kernel as string, nodes, sequences: json.sequences as Sequence[] }
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

/** Index of the first operation answered differently, or -1. */
export function replay(recording: Recording, sequence: Sequence, flavour: string | KernelParts, world = new World({ history: 'none' })): { at: number; why: string; crashed?: boolean } {
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
    if (found.length) return { at: i, why: found.join('; ') }
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

function report(recordings: readonly Recording[], kernel: string | null, show: number, devices: readonly string[] | null): number {
  const total: Tally = { agree: 0, all: 0 }
  const kinds = new Map<string, Tally>()
  const apart = new Map<string, Tally>()
  const firsts: string[] = []
  const leftOver: string[] = []
  let whole = 0
  let sequences = 0
  for (const recording of recordings) {
    const flavour = kernel ?? flavourOf(recording.kernel)
    for (const sequence of recording.sequences) {
      if (devices && [...devicesIn(sequence)].some(d => !devices.includes(d))) continue
      const { at, why } = replay(recording, sequence, flavour ?? 'KNOW')
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
      } else firsts.push(`${recording.file} ${sequence.name}, op ${at + 1} of ${sequence.ops.length}: ${JSON.stringify(sequence.ops[at])}\n    ${why}`)
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
  console.log(`${whole} of ${sequences} sequences agree`)
  console.log(`${total.agree} of ${total.all} operations agree`)
  return total.agree === total.all ? 0 : 1
}
