/**
 * Where arrows leave, run and enter. Each reference gets ports and a lane that no other reference has while both live, in any of
 * the runs, and keeps them for the whole comparison: an arrow does not move when another appears or goes.
 */
import type { Journal } from '../journal/run.ts'
import { kindOf, type Id } from '../journal/vocabulary.ts'
import type { Place } from './places.ts'

/** A slot may hold one thing after another: each is a reference of its own. */
export const portKey = (ref: Id, to: Id): string => `${ref} ${to}`

export interface Port {
  /** On the side of what is held. */
  readonly in: number
  /** On what stands for the holder. */
  readonly out: number
  /** Among those that run along under the boundary, or over the cards. */
  readonly lane: number
  /** When it first appeared, among all. */
  readonly order: number
}

type Cells = ReadonlyMap<Id, Place>
interface Edge { readonly from: Id; readonly to: Id; readonly slot: string }
/** From the step that takes it to the step that drops it, in one of the runs. */
interface Life { readonly run: number; readonly start: number; end: number }

/** Cards side by side hold each other across the gap between them. */
export const across = (from: Place | undefined, to: Place | undefined): boolean =>
  from?.kind === 'card' && to?.kind === 'card' && Math.abs(from.column - to.column) === 1

/** A holder of user space: its arrow begins at a chip or an area. */
const fromUser = ({ from, slot }: Edge): boolean => kindOf(from) === 'task' || kindOf(from) === 'vma' || (kindOf(from) === 'drm_file' && slot.startsWith('handle '))

/** The side of the held object on which the arrow arrives. */
function entry(cells: Cells, from: Id, to: Id): string {
  const [a, b] = [cells.get(from), cells.get(to)]
  return across(a, b) && a?.kind === 'card' && b?.kind === 'card' ? `gap:${Math.min(a.column, b.column)}` : `top:${to}`
}

/** What the arrow leaves from: a chip, an area, a card. */
const exit = (edge: Edge): string => (fromUser(edge) && kindOf(edge.from) !== 'vma' ? `${edge.from} ${edge.slot}` : edge.from)

/** A descriptor and its open file stand over each other, and need no lane. */
const drops = (cells: Cells, edge: Edge, to: Id): boolean => kindOf(edge.from) === 'task' && cells.get(to)?.kind === 'token'

function livesOf(journals: readonly Journal[]): { edges: Map<string, Edge>; lives: Map<string, Life[]> } {
  const edges = new Map<string, Edge>()
  const lives = new Map<string, Life[]>()
  journals.forEach(({ steps }, run) => {
    for (const { seq, changes } of steps) for (const { id, field, from, to } of changes) {
      if (field !== null || kindOf(id) !== 'ref') continue
      const key = portKey(id, ((to ?? from) as Edge).to)
      const own = lives.get(key) ?? []
      if (to !== undefined) {
        own.push({ run, start: seq, end: Infinity })
        lives.set(key, own)
        if (!edges.has(key)) edges.set(key, to as Edge)
      } else {
        const last = own.findLast((life) => life.run === run)
        if (last) last.end = seq
      }
    }
  })
  return { edges, lives }
}

const meet = (a: readonly Life[], b: readonly Life[]): boolean => a.some((x) => b.some((y) => x.run === y.run && x.start < y.end && y.start < x.end))

export function givePorts(journals: readonly Journal[], cells: Cells, homes: ReadonlyMap<Id, Id>): Map<string, Port> {
  const { edges, lives } = livesOf(journals)
  const ports = new Map<string, Port>()
  const taken = new Map<string, { readonly key: string; readonly at: number }[]>()
  const lowest = (side: string, key: string): number => {
    const row = taken.get(side) ?? []
    taken.set(side, row)
    const met = new Set(row.filter((each) => meet(lives.get(each.key)!, lives.get(key)!)).map((each) => each.at))
    let at = 0
    while (met.has(at)) at++
    row.push({ key, at })
    return at
  }
  for (const [key, edge] of edges) {
    const [holder, held] = [homes.get(edge.from) ?? edge.from, homes.get(edge.to) ?? edge.to]
    const side = entry(cells, holder, held)
    const lane = holder === held || side.startsWith('gap') || drops(cells, edge, held) ? 0 : 1 + lowest(fromUser(edge) ? 'under the boundary' : 'over the cards', key)
    ports.set(key, { in: lowest(side, key), out: lowest(`out:${exit(edge)}`, key), lane, order: ports.size })
  }
  return ports
}
