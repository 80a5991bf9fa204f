/** What H1, H8 and H14 have in common: a device saw something else than the newest bytes, which lie dirty in the CPU's cache. */
import { CPU_DATA, DIRTY } from '../journal/areas.ts'
import type { Sighting } from '../journal/hazard.ts'
import type { RunHeader } from '../journal/run.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { baseOf, cpuLine, eachWordRead, lineOfWord, linesOf, ownerOf, readerOf, wordAt, type Device } from './_memory.ts'

export const NAMES = { gpu: 'the GPU', display: 'the display' } as const

export interface Newest { readonly base: number; /** Lines whose newest bytes a process stored through the cache. */ readonly cached: Set<number> }
export const newest = (header: RunHeader): Newest => ({ base: baseOf(header), cached: new Set() })

/** Keeps account of where the newest bytes of a line went. */
export function follow(step: Step, { base, cached }: Newest): void {
  if (is(step, 'store.bytes')) for (const line of linesOf(base, step.fields)) cached[step.fields.attr === 'wb' ? 'add' : 'delete'](line)
  if (is(step, 'job.write')) for (const line of linesOf(base, step.fields)) cached.delete(line)
}

/** Lines that the device of this step read from memory although newer bytes of theirs are in the cache. */
export function linesMissed(step: Step, world: Snapshot, { base, cached }: Newest, who: Device): { readonly lines: readonly number[]; readonly reader: Id } | undefined {
  const reader = readerOf(step)
  if (reader?.who !== who) return undefined
  const lines = new Set<number>()
  eachWordRead(step, world, base, (word, value) => {
    const line = lineOfWord(word)
    if (cached.has(line) && cpuLine(world, line) === DIRTY && wordAt(world, CPU_DATA, word) !== value) lines.add(line)
  })
  return lines.size > 0 ? { lines: [...lines], reader: reader.id } : undefined
}

export function dirtyUnseen(step: Step, world: Snapshot, memory: Newest, who: Device): Sighting | undefined {
  follow(step, memory)
  const missed = linesMissed(step, world, memory, who)
  if (!missed) return undefined
  const owner = ownerOf(world, memory.base, missed.lines[0]!)
  return { objects: owner ? [owner, missed.reader] : [missed.reader], text: `${NAMES[who]} read ${missed.lines.length} lines from memory while their newest bytes were in the CPU's cache` }
}
