/** What is odd at this moment: quirks of the real kernel that bite after the stop before, up to this one. */
import type { Shown } from '../../app/frames.ts'
import { patch, useStore, type Bench } from '../../app/store.ts'
import type { Bite } from '../../journal/quirk.ts'

export function oddAt(bench: Bench | undefined, shown: Shown | null | undefined): readonly Bite[] {
  const { step } = shown ?? {}
  if (!step || shown!.gap) return []
  return (bench?.run?.bites ?? []).filter(({ seq }) => seq > shown!.since && seq <= step.seq)
}

/** On the lower edge of the stage; the sentence and its source are behind it. */
export function Quirks({ bench, shown }: { bench: number; shown: Shown | null | undefined }) {
  const odd = oddAt(useStore((now) => now.benches[bench]), shown)
  if (odd.length === 0) return null
  return (
    <p className="quirks">
      {odd.map(({ quirk, title, text }) => <button key={quirk} className="quirk" title={text} onClick={() => patch({ selected: null, inspecting: true })}>quirk: {title}</button>)}
    </p>
  )
}
