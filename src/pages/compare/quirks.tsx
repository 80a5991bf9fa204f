/** What is to be said of this moment besides the step: quirks of the real kernel that bite, hazards that were seen, after the stop before and up to this one. */
import type { Shown } from '../../app/frames.ts'
import { patch, useStore, type Bench } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import type { Bite } from '../../journal/quirk.ts'
import type { Finding } from '../../journal/run.ts'
import { SENTENCES } from './sentences.ts'

function here<T extends { readonly seq: number }>(all: readonly T[] | undefined, shown: Shown | null | undefined): readonly T[] {
  const { step } = shown ?? {}
  if (!step || shown!.gap) return []
  return (all ?? []).filter(({ seq }) => seq > shown!.since && seq <= step.seq)
}
export const oddAt = (bench: Bench | undefined, shown: Shown | null | undefined): readonly Bite[] => here(bench?.run?.bites, shown)
export const seenAt = (bench: Bench | undefined, shown: Shown | null | undefined): readonly Finding[] => here(bench?.run?.findings, shown)

/** On the lower edge of the stage; the sentence and its source are behind it. */
export function Quirks({ bench, shown }: { bench: number; shown: Shown | null | undefined }) {
  const now = useStore((each) => each.benches[bench])
  const odd = oddAt(now, shown)
  const seen = seenAt(now, shown)
  if (odd.length + seen.length === 0) return null
  const explain = (): void => patch({ selected: null, inspecting: true })
  return (
    <p className="quirks">
      {seen.map(({ hazard, known, title, seq }) => <button key={`${hazard} ${seq}`} className="quirk" data-hazard={known} title={title} onClick={explain}>{known}: {title}</button>)}
      {odd.map(({ quirk, title, text }) => <button key={quirk} className="quirk" title={text} onClick={explain}>{fill(SENTENCES.quirkHere, { title })}</button>)}
    </p>
  )
}
