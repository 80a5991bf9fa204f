/**
 * Who read old bytes, and who had the newest ones then. An old byte is one that differs from the last that anybody stored there.
 * Leaves out: bytes of a word beside those that were read; which of two equal values is the older.
 */
import { fill } from '../base/fill.ts'
import { CPU_DATA, CPU_LINE, DIRTY, DRAM, GPU_DATA, GPU_LINE, INVALID } from '../journal/areas.ts'
import type { Past } from '../journal/hazard.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { eachStretchRead, lineOfWord, readerOf, wordAt, type Reader } from './_memory.ts'

export const NAMES = { cpu: 'the process', gpu: 'the GPU', display: 'the display' } as const

export interface OldRead {
  readonly who: Reader
  /** The task, the job, the crtc. */
  readonly id: Id
  /** Words that were old, and what was read in each. */
  readonly words: Uint32Array
  readonly values: Uint32Array
}

/** All watchers ask the same of a step. */
const known = new WeakMap<Step, OldRead | null>()

/** The old words that somebody read in this step; undefined: nobody read, or all was as new as can be. */
export function oldRead(step: Step, world: Snapshot, base: number, { truth }: Past): OldRead | undefined {
  const reader = readerOf(step)
  if (!reader) return undefined
  const before = known.get(step)
  if (before !== undefined) return before ?? undefined
  let words = new Uint32Array(64)
  let values = new Uint32Array(64)
  let found = 0
  eachStretchRead(step, world, base, (first, seen) => {
    for (let i = 0; i < seen.length; i++) {
      if (seen[i] === (truth.value[first + i] ?? 0)) continue
      if (found === words.length) [words, values] = [longer(words), longer(values)]
      words[found] = first + i
      values[found++] = seen[i]!
    }
  })
  const old = found > 0 ? { ...reader, words: words.subarray(0, found), values: values.subarray(0, found) } : null
  known.set(step, old)
  return old ?? undefined
}
function longer(from: Uint32Array): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(from.length * 2)
  to.set(from)
  return to
}

/** Lines of those words, in order, that may count at all, and in which a word does. */
export function linesWhere({ words, values }: OldRead, may: (line: number) => boolean, counts: (word: number, value: number) => boolean): number[] {
  const lines = new Set<number>()
  let line = -1
  let open = false
  for (let i = 0; i < words.length; i++) {
    const at = lineOfWord(words[i]!)
    if (at !== line) {
      line = at
      open = !lines.has(at) && may(at)
    }
    if (!open || !counts(words[i]!, values[i]!)) continue
    lines.add(at)
    open = false
  }
  return [...lines]
}

const newest = ({ truth }: Past, word: number): number => truth.value[word] ?? 0
/** A line is dirty in the CPU's cache, or in the GPU's, or is held in the CPU's at all. */
export const cpuDirty = (world: Snapshot) => (line: number): boolean => wordAt(world, CPU_LINE, line) === DIRTY
export const gpuDirty = (world: Snapshot) => (line: number): boolean => wordAt(world, GPU_LINE, line) === DIRTY
export const cpuHolds = (world: Snapshot) => (line: number): boolean => wordAt(world, CPU_LINE, line) !== INVALID
/** The newest value of a word, where its line is held: in the CPU's cache, in the GPU's; or in memory. */
export const newestInCpu = (world: Snapshot, past: Past, word: number): boolean => wordAt(world, CPU_DATA, word) === newest(past, word)
export const newestInGpu = (world: Snapshot, past: Past, word: number): boolean => wordAt(world, GPU_DATA, word) === newest(past, word)
export const inMemory = (world: Snapshot, past: Past, word: number): boolean => wordAt(world, DRAM, word) === newest(past, word)

/** The step that stored the newest value of a word; undefined: none did. */
const writerOf = ({ truth, steps }: Past, word: number): Step | undefined => steps[truth.wroteAt(word) - 1]
/** A process stored it through its mapping; zeros of a fresh page are the kernel's. */
export const byProcess = (past: Past, word: number): boolean => is(writerOf(past, word) ?? NOBODY, 'store.bytes')
export const byJob = (past: Past, word: number): Step<'job.write'> | undefined => {
  const writer = writerOf(past, word)
  return writer && is(writer, 'job.write') ? writer : undefined
}
const NOBODY = { event: '' } as unknown as Step

/** What a run has come to when old bytes are read. */
export const readOld = (who: string): string => fill('{who} read old bytes', { who })
