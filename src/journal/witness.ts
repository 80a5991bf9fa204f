/**
 * Witnesses: recorded calls of a real kernel in the same situation as a call of ours, with the same answer. The index holds the situation of
 * every recorded call that our kernel answers as recorded, with the functions that ran here when it was replayed.
 */
import { keyOf, type Situation } from './situation.ts'

/** How often, and number of the operation from 1; the others are places in lists. */
export type Entry = readonly [release: number, count: number, sequence: number, op: number, drivers: number, way: number]

/** A kernel that can be chosen: its release, and the recorded ones that speak for it, the closest first. */
export interface Speaks { readonly release: string; readonly by: readonly number[] }

export interface WitnessIndex {
  readonly releases: readonly string[]
  readonly flavours: Readonly<Record<string, Speaks>>
  /** Recording and name of the sequence: `6.1.192/scenarios import/forwarded-mmap-of-read-only-export`. */
  readonly sequences: readonly string[]
  readonly drivers: readonly string[]
  readonly functions: readonly string[]
  /** Functions that ran, by their place in the list of functions. */
  readonly ways: readonly (readonly number[])[]
  /** By the key of a situation. */
  readonly shapes: Readonly<Record<string, readonly Entry[]>>
}

export interface Witness {
  readonly release: string
  /** The release of the run, where another one had to speak for it. */
  readonly insteadOf: string | null
  /** `6.1.192/scenarios`. */
  readonly file: string
  readonly sequence: string
  /** Number of the operation in it, from 1. */
  readonly op: number
  /** How many recorded calls of that release were in this situation and went this way. */
  readonly count: number
  readonly drivers: readonly string[]
  /** Functions that ran only in this run, and only in the recorded call; none where it went the same way. */
  readonly here: readonly string[]
  readonly there: readonly string[]
}

/** The best witness for a call: of the closest release, and among its entries the one whose way differs least. */
export function witnessOf(index: WitnessIndex, situation: Situation, flavour: string): Witness | null {
  const speaks = index.flavours[flavour]
  const entries = index.shapes[keyOf(situation)]
  if (!speaks || !entries) return null
  const ours = new Set(situation.way)
  let best: Witness | null = null
  for (const at of speaks.by) {
    for (const [release, count, sequence, op, drivers, way] of entries) {
      if (release !== at) continue
      const theirs = new Set(index.ways[way]!.map(fn => index.functions[fn]!))
      const here = [...ours].filter(fn => !theirs.has(fn))
      const there = [...theirs].filter(fn => !ours.has(fn))
      if (best && best.here.length + best.there.length <= here.length + there.length) continue
      const [file, name] = index.sequences[sequence]!.split(' ') as [string, string]
      best = {
        release: index.releases[release]!, insteadOf: index.releases[release]!.startsWith(speaks.release) ? null : speaks.release, file, sequence: name, op, count,
        drivers: index.drivers[drivers]!.split(' ').filter(name => name !== ''), here, there,
      }
    }
    if (best && best.here.length === 0 && best.there.length === 0) return best
  }
  return best
}

/** How a situation is covered: the same call went the same way; in the same situation, by other functions; not at all. */
export const coverOf = (witness: Witness | null): 'same' | 'other way' | 'none' =>
  witness === null ? 'none' : witness.here.length === 0 && witness.there.length === 0 ? 'same' : 'other way'
