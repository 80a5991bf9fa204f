/** The reference graph of a moment: who holds what, by name, in an order that does not depend on the way there. */
import type { Shown } from '../app/frames.ts'
import { castOf, nameOf } from '../journal/say.ts'
import { all } from '../journal/snapshot.ts'
import { kindOf, type Id } from '../journal/vocabulary.ts'
import { kernelName } from '../stage/near/fields.ts'

export interface Held { readonly id: Id; readonly from: Id; readonly to: Id; readonly slot: string; readonly counter: string; readonly lost: boolean }
export interface Graph {
  readonly edges: readonly Held[]
  /** Every end of an edge. */
  readonly nodes: readonly Id[]
  /** Nodes that nothing but themselves holds, tasks first: all others are reached from these, or go in a circle. */
  readonly roots: readonly Id[]
  readonly name: (id: Id) => string
  /** What the kernel calls a counter of an object. */
  readonly counter: (id: Id, counter: string) => string
  /** What a counter of an object stands at; null: it has none of that name. */
  readonly count: (id: Id, counter: string) => number | null
}

/** Fields of which a number is part of the name: `fd 10` stands after `fd 9`. */
const order = new Intl.Collator('en', { numeric: true })
const byId = (a: string, b: string): number => order.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)

export function graphOf({ after, journal }: Shown): Graph {
  const edges = all(after, 'ref').map(([id, { from, to, slot, counter, lost }]): Held => ({ id, from, to, slot, counter, lost })).sort((a, b) => byId(a.from, b.from) || byId(a.slot, b.slot) || byId(a.to, b.to))
  const nodes = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort(byId)
  const held = new Set(edges.filter(({ from, to }) => from !== to).map(({ to }) => to))
  const rank = (id: Id): number => (kindOf(id) === 'task' ? 0 : 1)
  const roots = nodes.filter((id) => !held.has(id)).sort((a, b) => rank(a) - rank(b) || byId(a, b))
  return {
    edges, nodes, roots, name: (id) => nameOf(id, [after, castOf(journal)]),
    counter: (id, counter) => kernelName(kindOf(id), counter),
    count(id, counter) {
      const value = after.records.get(id)?.[counter]
      return typeof value === 'number' ? value : null
    },
  }
}
