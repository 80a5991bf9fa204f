/** What H1, H8, H14 and H16 have in common: a device read old bytes from memory, and the newest ones lie dirty in the CPU's cache. */
import { fill } from '../base/fill.ts'
import type { Past, Sighting } from '../journal/hazard.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import type { Step } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { byProcess, cpuDirty, linesWhere, NAMES, newestInCpu, oldRead, readOld } from './_old.ts'
import { seenAt } from './_memory.ts'

export interface Missed { readonly lines: readonly number[]; readonly reader: Id; readonly name: string }

const known = new WeakMap<Step, Missed | null>()

/** Lines that a device read past in this step, although a process had stored newer bytes of theirs. Several watchers ask. */
export function linesMissed(step: Step, world: Snapshot, base: number, past: Past, who: 'gpu' | 'display'): Missed | undefined {
  const old = oldRead(step, world, base, past)
  if (old?.who !== who) return undefined
  let missed = known.get(step)
  if (missed === undefined) {
    const lines = linesWhere(old, cpuDirty(world), word => newestInCpu(world, past, word) && byProcess(past, word))
    missed = lines.length > 0 ? { lines, reader: old.id, name: NAMES[who] } : null
    known.set(step, missed)
  }
  return missed ?? undefined
}

export function dirtyUnseen(step: Step, world: Snapshot, base: number, past: Past, who: 'gpu' | 'display'): Sighting | undefined {
  const missed = linesMissed(step, world, base, past, who)
  if (!missed) return undefined
  return seenAt(world, base, missed.lines, [missed.reader], fill('{who} read {lines#a line|# lines} from memory while the newest bytes were in the CPU\'s cache, dirty; nobody had cleaned them', { who: missed.name, lines: missed.lines.length }), readOld(missed.name))
}
