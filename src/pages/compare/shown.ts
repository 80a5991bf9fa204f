/** What a page with stages on it draws now: the frames of its benches, and what holds for all of them. */
import { useMemo } from 'react'
import { differing, framesAt, type Shown } from '../../app/frames.ts'
import { useStore } from '../../app/store.ts'
import type { Frame } from '../../stage/frame.ts'
import { placesOf } from '../../stage/places.ts'

const NOTHING: Frame['differs'] = new Set()
const NO_WORDS: Frame['says'] = {}

/** Per bench; null: it has not run. */
export function useShown(): readonly (Shown | null)[] {
  const benches = useStore((now) => now.benches)
  const rows = useStore((now) => now.rows)
  const at = useStore((now) => now.at)
  return useMemo(() => framesAt({ benches, rows, at }), [benches, rows, at])
}

export const useSays = (): Frame['says'] => useStore((now) => now.catalog?.says) ?? NO_WORDS

/** The frames, the same place for the same thing in each, and what is not the same in all. */
export function useStages() {
  const benches = useStore((now) => now.benches)
  const shown = useShown()
  const differs = useMemo(() => (shown.length > 1 ? differing(shown) : NOTHING), [shown])
  const places = useMemo(() => placesOf(benches.flatMap(({ run }) => (run ? [run.journal] : []))), [benches])
  return { shown, differs, places, says: useSays() }
}
