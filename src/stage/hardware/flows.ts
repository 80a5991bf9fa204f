/**
 * Which lines moved from whose hands to whose between two moments, read off the copies alone. So the picture of a step, of a whole
 * call and of a jump are one code, and nothing is shown moving that did not.
 */
import { LINES_PER_PAGE, WORDS_PER_LINE } from '../../base/brand.ts'
import { CLEAN, DIRTY, INVALID } from '../../journal/areas.ts'
import type { PageCopy } from '../../journal/holders.ts'

export type Party = 'core' | 'cpu' | 'wc' | 'dram' | 'gpu' | 'display'
/**
 * `fill` memory → cache, `clean` cache → memory, `drain` write buffer → memory, `store` a core's or the GPU's new bytes,
 * `drop` a copy forgotten, `scan` memory → panel.
 */
export type FlowKind = 'fill' | 'clean' | 'drain' | 'store' | 'drop' | 'scan'
export interface Flow { readonly kind: FlowKind; readonly from: Party; readonly to: Party; readonly lines: readonly number[] }

export interface Copies { readonly cpu: PageCopy; readonly dram: PageCopy; readonly gpu: PageCopy; /** Lines of the page that wait in some write buffer. */ readonly waiting: ReadonlySet<number> }

const same = (a: PageCopy, b: PageCopy, line: number): boolean => {
  for (let i = line * WORDS_PER_LINE; i < (line + 1) * WORDS_PER_LINE; i++) if (a.words[i] !== b.words[i]) return false
  return true
}

function cacheFlows(party: 'cpu' | 'gpu', was: PageCopy, now: PageCopy, line: number, memoryChanged: boolean): Flow['kind'][] {
  const from = was.state[line]!
  const to = now.state[line]!
  if (from === INVALID) return to === INVALID ? [] : [to === CLEAN ? 'fill' : 'store']
  if (to === INVALID) return from === DIRTY && memoryChanged ? ['clean', 'drop'] : ['drop']
  if (!same(was, now, line)) return [to === CLEAN ? 'fill' : 'store']
  if (from === DIRTY && to === CLEAN) return ['clean']
  return from === CLEAN && to === DIRTY ? ['store'] : []
}

/** By the coherency class of a path: whether a device looks into the CPU's caches, and whether the CPU looks into its. */
export const looksIntoCpu = (cls: string): boolean => cls !== 'NC'
export const looksIntoGpu = (cls: string): boolean => cls === 'FC' || cls === 'X86'

/** Who supplies a line that a cache brings in, or that the display reads: the other cache where the reader may look into it, else memory. */
export function supplier(now: Copies, cls: string, reader: 'cpu' | 'gpu' | 'display', line: number): Party {
  if (reader !== 'cpu' && looksIntoCpu(cls) && now.cpu.state[line] !== INVALID) return 'cpu'
  if (reader !== 'gpu' && looksIntoGpu(cls) && now.gpu.state[line] === DIRTY) return 'gpu'
  return 'dram'
}

/** Lines of a page by who supplies them. */
export function scanFlows(now: Copies, cls: string): Flow[] {
  const from = new Map<Party, number[]>()
  for (let line = 0; line < LINES_PER_PAGE; line++) {
    const source = supplier(now, cls, 'display', line)
    from.set(source, [...(from.get(source) ?? []), line])
  }
  return [...from].map(([source, lines]) => ({ kind: 'scan', from: source, to: 'display', lines }))
}

export function flowsOf(before: Copies, after: Copies, cls: string): Flow[] {
  const found = new Map<string, { kind: FlowKind; from: Party; to: Party; lines: number[] }>()
  const add = (kind: FlowKind, from: Party, to: Party, line: number): void => {
    const key = `${kind} ${from} ${to}`
    const flow = found.get(key)
    if (flow) flow.lines.push(line)
    else found.set(key, { kind, from, to, lines: [line] })
  }
  for (let line = 0; line < LINES_PER_PAGE; line++) {
    const memoryChanged = !same(before.dram, after.dram, line)
    let explained = false
    for (const party of ['cpu', 'gpu'] as const) {
      for (const kind of cacheFlows(party, before[party], after[party], line, memoryChanged)) {
        if (kind === 'fill') add(kind, supplier(before, cls, party, line), party, line)
        else if (kind === 'clean') {
          add(kind, party, 'dram', line)
          explained = true
        } else if (kind === 'store') add(kind, 'core', party, line)
        else add(kind, party, party, line)
      }
    }
    if (!before.waiting.has(line) && after.waiting.has(line)) add('store', 'core', 'wc', line)
    if (before.waiting.has(line) && !after.waiting.has(line)) {
      add('drain', 'wc', 'dram', line)
      explained = true
    }
    if (memoryChanged && !explained) add('store', 'core', 'dram', line)
  }
  return throughBuffers([...found.values()])
}

/** A long write-combined store pushes its own first lines on to memory: where a buffer took part, what reached memory came through it. */
function throughBuffers(flows: readonly Flow[]): Flow[] {
  if (!flows.some(({ from, to }) => to === 'wc' || from === 'wc')) return [...flows]
  const passed = flows.filter(({ from, to }) => (from === 'core' && to === 'dram') || from === 'wc')
  const rest = flows.filter((flow) => !passed.includes(flow))
  const lines = passed.flatMap((flow) => flow.lines).sort((a, b) => a - b)
  return lines.length === 0 ? rest : [...rest, { kind: 'drain', from: 'wc', to: 'dram', lines }]
}
