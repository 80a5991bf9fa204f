/** Many steps as one: each field and each word that they changed once, from what it was before the first to what it is after the last. */
import { constant, LONG } from '../journal/stretches.ts'
import type { Change, Step, WordChange } from '../journal/step.ts'

/** In the order of the steps; a record that comes or goes on the way keeps every one of its changes. */
export function mergedChanges(steps: readonly Step[]): Change[] {
  const all = steps.flatMap(step => step.changes)
  const whole = new Set(all.flatMap(({ id, field }) => (field === null ? [id] : [])))
  const merged = new Map<string, Change>()
  const kept: Change[] = []
  for (const change of all) {
    if (change.field === null || whole.has(change.id)) {
      kept.push(change)
      continue
    }
    const key = `${change.id} ${change.field}`
    const before = merged.get(key)
    merged.set(key, before ? { ...before, to: change.to } : change)
  }
  return [...kept, ...[...merged.values()].filter(({ from, to }) => from !== to)]
}

/** Neighbouring and overlapping ranges become one. */
export function mergedWords(steps: readonly Step[]): WordChange[] {
  const byArea = new Map<string, WordChange[]>()
  for (const step of steps) for (const change of step.words) {
    const list = byArea.get(change.area)
    if (list) list.push(change)
    else byArea.set(change.area, [change])
  }
  return [...byArea].flatMap(([area, changes]) => spansOf(changes).map(({ at, end, inside }) => {
    const from = new Uint32Array(end - at)
    const to = new Uint32Array(end - at)
    for (const change of inside) to.set(change.to, change.at - at)
    for (const change of inside.reverse()) from.set(change.from, change.at - at)
    return { area, at, from: shared(from), to: shared(to) }
  }))
}

/** Zeros need no room of their own. */
const shared = (words: Uint32Array): Uint32Array => (words.length >= LONG && words.every(word => word === 0) ? constant(0, words.length) : words)

interface Span { at: number; end: number; /** In the order in which they happened. */ readonly inside: WordChange[] }

function spansOf(changes: readonly WordChange[]): Span[] {
  const spans: Span[] = []
  for (const { at, to } of [...changes].sort((a, b) => a.at - b.at)) {
    const last = spans[spans.length - 1]
    if (last && at <= last.end) last.end = Math.max(last.end, at + to.length)
    else spans.push({ at, end: at + to.length, inside: [] })
  }
  for (const change of changes) spans[spanAt(spans, change.at)]!.inside.push(change)
  return spans
}

/** The last span that begins at `at` or before. */
function spanAt(spans: readonly Span[], at: number): number {
  let low = 0
  let high = spans.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (spans[middle]!.at <= at) low = middle
    else high = middle - 1
  }
  return low
}
