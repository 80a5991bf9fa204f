/**
 * What hardware did between two stops, as gestures: each a shape of its own, at whose cache, buffer or TLB it happened. Several of a kind
 * are one, with their lines counted.
 */
import { LINES_PER_PAGE } from '../../base/brand.ts'
import { fill } from '../../base/fill.ts'
import { is, type Step } from '../../journal/step.ts'
import { SENTENCES } from './sentences-later.ts'

/** Whose column a gesture stands in. */
export type Place = 'cpu' | 'wc' | 'gpu'
export type GestureKind = 'invalidate' | 'flush' | 'clean' | 'drain' | 'snoop' | 'evict' | 'prefetch' | 'fill' | 'sweep' | 'shootdown' | 'lost'

export interface Gesture {
  readonly kind: GestureKind
  readonly place: Place
  /** Lines, or entries of a TLB. */
  readonly count: number
  /** Some of them are of the page that is shown. */
  readonly here: boolean
  /** Who looked into the cache. */
  readonly by: string
}

/** What was asked for first, then what happens by itself. */
const ORDER: readonly GestureKind[] = ['shootdown', 'invalidate', 'flush', 'sweep', 'clean', 'drain', 'snoop', 'evict', 'prefetch', 'fill', 'lost']

function gestureOf(step: Step, page: number | null): Gesture | null {
  if (is(step, 'wc.drain')) return { kind: 'drain', place: 'wc', count: step.fields.lines, here: true, by: '' }
  if (is(step, 'tlb.flush') || is(step, 'tlb.evict')) {
    const { agent } = step.fields
    // The IOMMU before a display has no column.
    if (agent === 'iommu') return null
    return is(step, 'tlb.flush') ? { kind: 'shootdown', place: agent, count: step.fields.entries, here: true, by: '' } : { kind: 'lost', place: agent, count: 1, here: true, by: '' }
  }
  if (!step.event.startsWith('cache.')) return null
  const { agent, line, lines, written, by = '' } = step.fields as { agent: 'cpu' | 'gpu'; line: number; lines: number; written: number; by?: string }
  const asked = step.event.slice('cache.'.length) as GestureKind
  // A GPU's cache is cleaned and flushed as a whole.
  const kind = agent === 'gpu' && (asked === 'clean' || asked === 'flush') ? 'sweep' : asked
  const here = page !== null && line < (page + 1) * LINES_PER_PAGE && line + lines > page * LINES_PER_PAGE
  // What came in is told by how many did; what was asked for, by how many it was asked of.
  return { kind, place: agent, count: kind === 'fill' || kind === 'prefetch' ? written : lines, here, by }
}

/** `page`: the frame that is shown, if any. */
export function gesturesOf(steps: readonly Step[], page: number | null): readonly Gesture[] {
  const found = new Map<string, Gesture>()
  for (const step of steps) {
    const gesture = gestureOf(step, page)
    if (!gesture) continue
    const key = `${gesture.place} ${gesture.kind} ${gesture.by}`
    const known = found.get(key)
    found.set(key, known ? { ...gesture, count: known.count + gesture.count, here: known.here || gesture.here } : gesture)
  }
  return [...found.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

const OWNERS: Readonly<Record<Place, string>> = { cpu: "the CPU's cache", wc: 'the write-combine buffer', gpu: "the GPU's cache" }
const TLBS: Readonly<Record<Place, string>> = { cpu: "the CPU's TLB", wc: '', gpu: "the GPU's TLB" }

/** In one word, and in a sentence for who asks. */
export const WORDS: Readonly<Record<GestureKind, string>> = {
  invalidate: 'forget', flush: 'flush', clean: 'clean', drain: 'drain', snoop: 'snoop', evict: 'evict', prefetch: 'prefetch', fill: 'fill', sweep: 'flush', shootdown: 'TLB', lost: 'lost',
}
const LONG = {
  invalidate: '{Owner} forgot {count} {count#line|lines}: invalidate', flush: '{Owner} wrote back and forgot {count} {count#line|lines}: clean and invalidate',
  clean: '{Owner} wrote back what was dirty of {count} {count#line and keeps it|lines and keeps them}: clean', drain: '{Owner} sent {count} {count#line|lines} to memory: drain',
  snoop: '{Owner} was looked into for {count} {count#line|lines} by {by}: snoop', evict: '{count} {count#line|lines} left {owner} by {count#itself|themselves}: eviction',
  prefetch: '{Owner} brought in {count} {count#line|lines} that nobody had asked for: speculative fill', fill: '{Owner} brought in {count} {count#line|lines}: fill',
  sweep: '{Owner} was swept from end to end, {count} {count#line|lines}: flush', shootdown: '{Owner} forgot {count} {count#translation|translations}: TLB shoot-down',
  lost: '{count} of the translations of {owner} went by {count#itself|themselves}',
} as const satisfies Readonly<Record<GestureKind, string>>
export function sentenceOf({ kind, place, count, here, by }: Gesture): string {
  const owner = (kind === 'shootdown' || kind === 'lost' ? TLBS : OWNERS)[place]
  const sentence = fill(LONG[kind], { owner, count, by })
  return here ? sentence : fill(SENTENCES.otherPages, { sentence })
}
