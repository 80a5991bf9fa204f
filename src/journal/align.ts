/** Runs laid side by side: by process, program line and occurrence; inside a call by event. */
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

export interface Divergence { readonly row: number; readonly kind: 'seed' | 'first' | 'later'; readonly sentence: string }

const field = (step: Step, name: string): string => String((step.fields as Readonly<Record<string, unknown>>)[name] ?? '')

function signature(step: Step): string {
  return `${step.event} ${step.stack.at(-1) ?? ''}`
}

/** Longest common subsequence of two short lists, as pairs of indices with gaps. */
function pair<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): [number | null, number | null][] {
  const best = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) best[i]![j] = same(a[i]!, b[j]!) ? best[i + 1]![j + 1]! + 1 : Math.max(best[i + 1]![j]!, best[i]![j + 1]!)
  const pairs: [number | null, number | null][] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && same(a[i]!, b[j]!)) pairs.push([i++, j++])
    else if (j >= b.length || (i < a.length && best[i + 1]![j]! >= best[i]![j + 1]!)) pairs.push([i++, null])
    else pairs.push([null, j++])
  }
  return pairs
}

/** Where both go on differently, the first step of each way stands in one row: same call, two answers. */
function meet(pairs: readonly [number | null, number | null][]): [number | null, number | null][] {
  const met: [number | null, number | null][] = []
  for (let i = 0; i < pairs.length; ) {
    let end = i
    while (end < pairs.length && (pairs[end]![0] === null || pairs[end]![1] === null)) end++
    const ours = pairs.slice(i, end).flatMap(([x]) => (x === null ? [] : [x]))
    const theirs = pairs.slice(i, end).flatMap(([, y]) => (y === null ? [] : [y]))
    if (ours.length > 0 && theirs.length > 0) met.push([ours.shift()!, theirs.shift()!])
    for (const x of ours) met.push([x, null])
    for (const y of theirs) met.push([null, y])
    if (end < pairs.length) met.push(pairs[end]!)
    i = end + 1
  }
  return met
}

interface Group { readonly key: string; readonly seqs: number[] }

function groups(journal: Journal, depth: Depth, stops: readonly string[]): Group[] {
  const found: Group[] = []
  for (const seq of stopsOf(journal, depth, stops)) {
    const key = journal.steps[seq]!.call
    if (found.at(-1)?.key === key) found.at(-1)!.seqs.push(seq)
    else found.push({ key, seqs: [seq] })
  }
  return found
}

export function align(journals: readonly Journal[], depth: Depth, stops: readonly string[]): Row[] {
  const [left, right] = journals
  if (!left) return []
  const row = (key: string, seqs: (number | null)[]): Row => {
    const bench = seqs.findIndex((seq) => seq !== null)
    const step = journals[bench]!.steps[seqs[bench]!]!
    return { seqs, key, process: key.split('.')[0] || step.actor.replace(/^task:/, ''), landmark: (step.event as string) === 'landmark' ? field(step, 'name') : null }
  }
  const ours = groups(left, depth, stops)
  if (!right) return ours.flatMap((group) => group.seqs.map((seq) => row(group.key, [seq])))
  const theirs = groups(right, depth, stops)
  const rows: Row[] = []
  for (const [i, j] of pair(ours, theirs, (x, y) => x.key === y.key)) {
    const a = i === null ? [] : ours[i]!.seqs
    const b = j === null ? [] : theirs[j]!.seqs
    const key = (i === null ? theirs[j!]! : ours[i]!).key
    for (const [x, y] of meet(pair(a, b, (p, q) => signature(left.steps[p]!) === signature(right.steps[q]!))))
      rows.push(row(key, [x === null ? null : a[x]!, y === null ? null : b[y]!]))
  }
  return rows
}

/** `EACCES` or `ok`: what a call of the program came to; null where it is not made. */
function answer(journal: Journal, key: string): string | null {
  const leave = journal.steps.findLast((step) => step.call === key && step.event === 'call.leave')
  return leave ? field(leave, 'errno') || 'ok' : null
}

/** Where the runs differ: seeds are differences in fields alone, before the first difference in answer or way. */
export function divergences(rows: readonly Row[], journals: readonly Journal[]): Divergence[] {
  if (journals.length < 2) return []
  const found: Divergence[] = []
  const seen = new Set<string>()
  rows.forEach((row, index) => {
    if (seen.has(row.key)) return
    const [a, b] = row.seqs.map((seq, bench) => (seq === null ? null : journals[bench]!.steps[seq]!))
    if (!a || !b || signature(a) !== signature(b) || (a.event === 'call.leave' && field(a, 'errno') !== field(b, 'errno'))) {
      const first = !found.some((mark) => mark.kind === 'first')
      const each = journals.map((journal) => answer(journal, row.key) ?? 'not done')
      const answers = each.every((one) => one === each[0]) ? 'another way, the same answer' : each.join(' | ')
      found.push({ row: index, kind: first ? 'first' : 'later', sentence: `${first ? 'first divergence' : 'differs'}: ${answers}` })
    } else if (!found.some((mark) => mark.kind === 'first') && JSON.stringify(a.fields) !== JSON.stringify(b.fields)) {
      const names = Object.keys(a.fields).filter((name) => field(a, name) !== field(b, name))
      found.push({ row: index, kind: 'seed', sentence: `seed: ${names.map((name) => (name === 'text' ? 'the arguments' : name)).join(', ') || 'a list'} ${names.length > 1 || names[0] === 'text' ? 'differ' : 'differs'} here` })
    } else return
    seen.add(row.key)
  })
  const first = found.find((mark) => mark.kind === 'first')
  return found.map((mark) => (mark.kind === 'seed' && first ? { ...mark, sentence: `${mark.sentence}; it matters at step ${first.row + 1}` } : mark))
}
