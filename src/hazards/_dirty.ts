/** What H1, H8 and H14 have in common: a device saw something else than the newest bytes, which lie dirty in the CPU's cache. */
import { CPU_DATA, DIRTY } from '../journal/areas.ts'
import type { Sighting } from '../journal/hazard.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import type { Step } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { cpuLine, eachWordRead, lineOfWord, ownerOf, readerOf, wordAt, type Device } from './_memory.ts'

export const NAMES = { gpu: 'the GPU', display: 'the display' } as const

/** Lines that the device of this step read from memory although newer bytes of theirs are in the cache. */
export function linesMissed(step: Step, world: Snapshot, base: number, who: Device): { readonly lines: readonly number[]; readonly reader: Id } | undefined {
  const reader = readerOf(step)
  if (reader?.who !== who) return undefined
  const lines = new Set<number>()
  eachWordRead(step, world, base, (word, value) => {
    const line = lineOfWord(word)
    if (cpuLine(world, line) === DIRTY && wordAt(world, CPU_DATA, word) !== value) lines.add(line)
  })
  return lines.size > 0 ? { lines: [...lines], reader: reader.id } : undefined
}

export function dirtyUnseen(step: Step, world: Snapshot, base: number, who: Device): Sighting | undefined {
  const missed = linesMissed(step, world, base, who)
  if (!missed) return undefined
  const owner = ownerOf(world, base, missed.lines[0]!)
  return { objects: owner ? [owner, missed.reader] : [missed.reader], text: `${NAMES[who]} read ${missed.lines.length} lines from memory while their newest bytes were in the CPU's cache` }
}
