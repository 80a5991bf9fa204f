/** The index of witnesses: replays recordings with a journal, and files each call that agrees under its situation. */
import { crossingsOf } from '../journal/crossing.ts'
import { keyOf, situationOf } from '../journal/situation.ts'
import type { AnyRecord, Snapshot } from '../journal/snapshot.ts'
import type { Step } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { WitnessIndex } from '../journal/witness.ts'
import { flavours } from '../kernel/flavours.ts'
import { World } from '../world/world.ts'
import type { Recording, Sequence } from './read.ts'
import { flavourOf, NEXT_OF_KIN, releaseOf, speakersFor } from './releases.ts'
import { replay } from './replay.ts'

/** All records before a step, moved forward only. Words are of no matter here, and records are ours, so they may be changed in place. */
class Before implements Snapshot {
  readonly records = new Map<Id, AnyRecord>()
  readonly words = {}
  private next = 0
  upTo(steps: readonly Step[], seq: number): this {
    for (; this.next < seq; this.next++) {
      for (const { id, field, to } of steps[this.next]!.changes) {
        if (field !== null) (this.records.get(id) as Record<string, unknown>)[field] = to
        else if (to === undefined) this.records.delete(id)
        else this.records.set(id, { ...(to as AnyRecord) })
      }
    }
    return this
  }
}

/** A list that gives each text a number. */
class Numbers {
  readonly list: string[] = []
  private readonly known = new Map<string, number>()
  of(text: string): number {
    let n = this.known.get(text)
    if (n === undefined) {
      this.known.set(text, (n = this.list.length))
      this.list.push(text)
    }
    return n
  }
}

interface Filed { readonly release: number; count: number; readonly sequence: number; readonly op: number; readonly drivers: number; readonly way: number }

export class Witnesses {
  private readonly lists = { releases: new Numbers(), sequences: new Numbers(), drivers: new Numbers(), functions: new Numbers(), ways: new Numbers() }
  private readonly shapes = new Map<string, Map<string, Filed>>()

  /** Files what a sequence shows. Of calls alike the first one gives the name: scenarios, which have a title, before those of chance. */
  add(recording: Recording, sequence: Sequence): void {
    const world = new World({ history: 'steps' })
    const { at } = replay(recording, sequence, flavourOf(recording.kernel) ?? NEXT_OF_KIN, world)
    const byOp = new Map<string, Step[]>()
    for (const step of world.steps) {
      const known = byOp.get(step.call)
      if (known) known.push(step)
      else byOp.set(step.call, [step])
    }
    const { releases, sequences, drivers, functions, ways } = this.lists
    const release = releases.of(releaseOf(recording.kernel))
    const before = new Before()
    for (let op = 1; op <= (at < 0 ? sequence.ops.length : at); op++) {
      for (const crossing of crossingsOf(byOp.get(`r.${op}`) ?? [])) {
        const situation = situationOf(crossing, before.upTo(world.steps, crossing.first))
        if (!situation) continue
        const key = keyOf(situation)
        const shape = this.shapes.get(key) ?? new Map<string, Filed>()
        this.shapes.set(key, shape)
        const way = ways.of([...situation.way].sort().map(fn => functions.of(fn)).join(' '))
        const known = shape.get(`${release} ${way}`)
        if (known) known.count++
        else shape.set(`${release} ${way}`, { release, count: 1, sequence: sequences.of(`${nameOfFile(recording)} ${sequence.name}`), op, drivers: drivers.of(situation.drivers.join(' ')), way })
      }
    }
  }

  index(): WitnessIndex {
    const { releases, sequences, drivers, functions, ways } = this.lists
    return {
      releases: releases.list, sequences: sequences.list, drivers: drivers.list, functions: functions.list, ways: ways.list.map(way => (way === '' ? [] : way.split(' ').map(Number))),
      flavours: Object.fromEntries(Object.entries(flavours).map(([id, { release }]) => [id, { release, by: speakersFor(id, release).flatMap(name => releases.list.flatMap((each, i) => (each === name ? [i] : []))) }])),
      shapes: Object.fromEntries([...this.shapes].map(([key, shape]) => [key, [...shape.values()].map(({ release, count, sequence, op, drivers: who, way }) => [release, count, sequence, op, who, way] as const)])),
    }
  }
}

/** `6.1.192/scenarios`. */
const nameOfFile = ({ file }: Recording): string => /[^/]+\/[^/]+(?=\.json)/.exec(file)?.[0] ?? file

/** Scenarios come before what chance made, and those of a release before its answers to another's. */
const rank = ({ file }: Recording): number => (/scenarios[^/]*$/.test(file) ? 0 : /fuzz[^/]*$/.test(file) ? 2 : 1)

export function witnessesIn(recordings: readonly Recording[]): WitnessIndex {
  const found = new Witnesses()
  for (const recording of [...recordings].sort((a, b) => rank(a) - rank(b))) for (const sequence of recording.sequences) found.add(recording, sequence)
  return found.index()
}
