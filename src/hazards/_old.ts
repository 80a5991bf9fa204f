/**
 * Who read old bytes, and who had the newest ones then. An old byte is one that differs from the last that anybody stored there.
 * Leaves out: bytes of a word beside those that were read; which of two equal values is the older.
 */
import { CPU_DATA, CPU_LINE, DIRTY, DRAM, GPU_DATA, GPU_LINE, INVALID } from '../journal/areas.ts'
import type { Past } from '../journal/hazard.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { eachWordRead, lineOfWord, readerOf, wordAt, type Reader } from './_memory.ts'

export const NAMES = { cpu: 'the process', gpu: 'the GPU', display: 'the display' } as const

export interface OldRead {
  readonly who: Reader
  /** The task, the job, the crtc. */
  readonly id: Id
  /** Words that were old, and what was read in each. */
  readonly words: readonly number[]
  readonly values: readonly number[]
}

/** All watchers ask the same of a step. */
const known = new WeakMap<Step, OldRead | null>()

/** The old words that somebody read in this step; undefined: nobody read, or all was as new as can be. */
export function oldRead(step: Step, world: Snapshot, base: number, { truth }: Past): OldRead | undefined {
  const reader = readerOf(step)
  if (!reader) return undefined
  const before = known.get(step)
  if (before !== undefined) return before ?? undefined
  const words: number[] = []
  const values: number[] = []
  eachWordRead(step, world, base, (word, value) => {
    if (value === (truth.value[word] ?? 0)) return
    words.push(word)
    values.push(value)
  })
  const found = words.length > 0 ? { ...reader, words, values } : null
  known.set(step, found)
  return found ?? undefined
}

/** Lines of those words that pass, in order. */
export function linesWhere({ words, values }: OldRead, passes: (word: number, value: number, line: number) => boolean): number[] {
  const lines: number[] = []
  words.forEach((word, i) => {
    const line = lineOfWord(word)
    if (lines[lines.length - 1] !== line && passes(word, values[i]!, line)) lines.push(line)
  })
  return [...new Set(lines)]
}

const newest = ({ truth }: Past, word: number): number => truth.value[word] ?? 0
/** The newest value of a word lies dirty in the CPU's cache, or in the GPU's, or in memory. */
export const dirtyInCpu = (world: Snapshot, past: Past, word: number): boolean => wordAt(world, CPU_LINE, lineOfWord(word)) === DIRTY && wordAt(world, CPU_DATA, word) === newest(past, word)
export const dirtyInGpu = (world: Snapshot, past: Past, word: number): boolean => wordAt(world, GPU_LINE, lineOfWord(word)) === DIRTY && wordAt(world, GPU_DATA, word) === newest(past, word)
export const inMemory = (world: Snapshot, past: Past, word: number): boolean => wordAt(world, DRAM, word) === newest(past, word)
export const cpuHolds = (world: Snapshot, line: number): boolean => wordAt(world, CPU_LINE, line) !== INVALID

/** The step that stored the newest value of a word; undefined: none did. */
export const writerOf = ({ truth, steps }: Past, word: number): Step | undefined => steps[(truth.wroteAt[word] ?? 0) - 1]
/** A process stored it through its mapping; zeros of a fresh page are the kernel's. */
export const byProcess = (past: Past, word: number): boolean => is(writerOf(past, word) ?? NOBODY, 'store.bytes')
export const byJob = (past: Past, word: number): Step<'job.write'> | undefined => {
  const writer = writerOf(past, word)
  return writer && is(writer, 'job.write') ? writer : undefined
}
const NOBODY = { event: '' } as unknown as Step

/** As a subject: `a line was`, `3 lines were`. */
export const were = (lines: readonly unknown[]): string => (lines.length === 1 ? 'a line was' : `${lines.length} lines were`)
export const count = (lines: readonly unknown[]): string => (lines.length === 1 ? 'a line' : `${lines.length} lines`)
