/** Runs laid side by side: by process, program line and occurrence; inside a call by event and counterpart objects, which have equal ids. */
import { pairUp } from './pair.ts'
import type { Journal } from './run.ts'
import type { Step } from './step.ts'
import { stopsOf, type Depth } from './stops.ts'

export interface Row {
  /** Per bench the step to show; null: this one does not do this. */
  readonly seqs: readonly (number | null)[]
  readonly key: string
  readonly process: string
  readonly landmark: string | null
}

export const fieldsOf = (step: Step): Readonly<Record<string, unknown>> => step.fields as Readonly<Record<string, unknown>>
const ID = /^[a-z][a-z_0-9]*:[^\s:]+$/

/** What happens, and to which objects: two steps that say the same of this are counterparts. */
export function sameness(step: Step): string {
  let text: string = step.event
  for (const value of Object.values(fieldsOf(step))) if (typeof value === 'string' && ID.test(value)) text += ` ${value}`
  return text
}

interface Stop { readonly seq: number; readonly step: Step; readonly group: string; readonly same: string }

/** Outside of calls a step stands for itself: a landmark, what a device does. */
const groupOf = (step: Step): string => step.call || (step.event === ('landmark' as string) ? `landmark:${String(fieldsOf(step).name)}` : `${step.actor} ${sameness(step)}`)

/** A row while it is made: per journal its stop. */
type Made = readonly (Stop | null)[]
const lead = (row: Made): Stop => row.find(stop => stop !== null)!

interface Group<T> { readonly key: string; readonly items: T[] }
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Group<T>[] {
  const found: Group<T>[] = []
  for (const item of items) {
    const key = keyOf(item)
    if (found.at(-1)?.key === key) found.at(-1)!.items.push(item)
    else found.push({ key, items: [item] })
  }
  return found
}

const BY_GROUP = [{ a: (g: Group<Made>) => g.key, b: (g: Group<Stop>) => g.key }]

/** No step says nothing, so this has no counterpart. */
const NONE = ''
type Says = (stop: Stop) => string
/** A step goes beside its counterpart in the first journal that has one, then beside what is of its kind there. */
const byStep = (benches: number) => [(stop => stop.same) as Says, (stop => stop.step.event) as Says].flatMap(says =>
  Array.from({ length: benches }, (_, bench) => ({ a: (row: Made) => (row[bench] ? says(row[bench]) : NONE), b: says })))

/** The rows of some journals, with one more journal beside them. */
function beside(rows: readonly Made[], stops: readonly Stop[], benches: number): Made[] {
  const none = Array.from({ length: benches }, () => null)
  const ours = grouped(rows, row => lead(row).group)
  const theirs = grouped(stops, stop => stop.group)
  const keys = byStep(benches)
  return pairUp(ours, theirs, BY_GROUP, false).flatMap(([i, j]): Made[] => {
    if (i === null) return theirs[j!]!.items.map(stop => [...none, stop])
    if (j === null) return ours[i]!.items.map(row => [...row, null])
    const [a, b] = [ours[i]!.items, theirs[j]!.items]
    return pairUp(a, b, keys, true).map(([x, y]) => [...(x === null ? none : a[x]!), y === null ? null : b[y]!])
  })
}

export function align(journals: readonly Journal[], depth: Depth, stops: readonly string[]): Row[] {
  const [first, ...others] = journals.map(journal => stopsOf(journal, depth, stops).map((seq): Stop => {
    const step = journal.steps[seq]!
    return { seq, step, group: groupOf(step), same: sameness(step) }
  }))
  if (!first) return []
  const made = others.reduce<Made[]>((rows, next, i) => beside(rows, next, i + 1), first.map(stop => [stop]))
  return made.map(row => {
    const { step } = lead(row)
    const key = step.call
    return {
      seqs: row.map(stop => stop?.seq ?? null), key, process: key.split('.')[0] || step.actor.replace(/^task:/, ''),
      landmark: (step.event as string) === 'landmark' ? String(fieldsOf(step).name) : null,
    }
  })
}
