/**
 * Where arrows leave and enter. Each reference gets a port that no other living reference of the same side has, kept for the
 * whole comparison, so an arrow does not move when another appears or goes.
 */
import type { Journal } from '../journal/run.ts'
import { kindOf, type Id } from '../journal/vocabulary.ts'
import type { Place } from './places.ts'

export interface Port { readonly in: number; readonly out: number; /** When it first appeared, among all. */ readonly order: number }

type Cells = ReadonlyMap<Id, Place>
interface Edge { readonly from: Id; readonly to: Id; readonly slot: string }

/** Cards side by side hold each other across the gap between them. */
export const across = (from: Place | undefined, to: Place | undefined): boolean =>
  from?.kind === 'card' && to?.kind === 'card' && Math.abs(from.column - to.column) === 1

/** The side of the held object on which the arrow arrives. */
function entry(cells: Cells, from: Id, to: Id): string {
  const [a, b] = [cells.get(from), cells.get(to)]
  return across(a, b) && a?.kind === 'card' && b?.kind === 'card' ? `gap ${Math.min(a.column, b.column)}` : `top ${to}`
}

/** What the arrow leaves from: a chip, an area, a card. */
const exit = (from: Id, slot: string): string => (kindOf(from) === 'task' ? `${from} ${slot}` : from)

export function givePorts(journals: readonly Journal[], cells: Cells, homes: ReadonlyMap<Id, Id>): Map<Id, Port> {
  const ports = new Map<Id, Port>()
  for (const { steps } of journals) {
    const taken = new Map<string, (Id | undefined)[]>()
    const sidesOf = ({ from, to, slot }: Edge): [string, string] => {
      const [holder, held] = [homes.get(from) ?? from, homes.get(to) ?? to]
      return [entry(cells, holder, held), `out ${exit(from, slot)}`]
    }
    const lowest = (side: string, ref: Id, wanted: number | undefined): number => {
      const row = taken.get(side) ?? []
      taken.set(side, row)
      const free = row.findIndex((each) => each === undefined)
      const at = wanted ?? (free < 0 ? row.length : free)
      while (row.length < at) row.push(undefined)
      row[at] = ref
      return at
    }
    for (const step of steps) for (const { id, field, from, to } of step.changes) {
      if (field !== null || kindOf(id) !== 'ref') continue
      const edge = (to ?? from) as Edge
      const [side, way] = sidesOf(edge)
      if (to !== undefined) {
        const known = ports.get(id)
        const port = { in: lowest(side, id, known?.in), out: lowest(way, id, known?.out), order: ports.size }
        if (!known) ports.set(id, port)
      } else for (const name of [side, way]) {
        const row = taken.get(name) ?? []
        const at = row.indexOf(id)
        if (at >= 0) row[at] = undefined
      }
    }
  }
  return ports
}
