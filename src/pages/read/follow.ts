/** The text follows the stage, and the stage follows the text: which paragraph is told at a step, and which step a scroll leads to. */
import { useEffect, useMemo, useRef, type RefObject } from 'react'
import type { Chapter } from '../../chapters/chapters.ts'
import { runsShown, seqOf, type Place } from '../../chapters/chapter.ts'
import { goTo } from '../../app/playhead.ts'
import { areSame } from '../../app/recipes.ts'
import { patch, rowAfter, useStore, type Bench } from '../../app/store.ts'
import type { Row } from '../../journal/align.ts'
import { isCalm } from '../compare/stage-host.tsx'

/** The step of a place; -1: these runs never come there. */
export function stepOf(place: Place, rows: readonly Row[], benches: readonly Bench[]): number {
  if (place === null) return 0
  if (typeof place === 'string') return rows.findIndex((row) => row.landmark === place) + 1 || -1
  const bench = place.bench ?? 0
  const run = benches[bench]?.run
  const seq = run ? seqOf(run.journal, place) : null
  return seq === null ? -1 : rowAfter(rows, bench, seq)
}

/** Whether the rows are of these runs to their ends: what has just come in is laid side by side a moment later. */
const areWhole = (rows: readonly Row[], benches: readonly Bench[]): boolean =>
  benches.every(({ run }, bench) => {
    const last = run?.journal.steps.findLast((step) => step.event === 'landmark')
    return last === undefined || rows.some(({ seqs }) => seqs[bench] === last.seq)
  })

/** Steps of the beats of a chapter; null while its runs are not on the stage. */
export function useSteps(chapter: Chapter): readonly number[] | null {
  const benches = useStore((now) => now.benches)
  const rows = useStore((now) => now.rows)
  // An address leads into the chapter's own runs; what is on the stage when it opens may be those of the page before.
  const met = useRef(false)
  return useMemo(() => {
    met.current ||= areSame(benches.map(({ recipe, run }) => run?.recipe ?? recipe), chapter.recipes)
    const there = met.current && rows.length > 0 && benches.every(({ run, busy }) => run && !busy && run.recipe.scenario === chapter.recipes[0]!.scenario)
    return there && areWhole(rows, benches) ? chapter.beats.map(({ at }) => stepOf(at, rows, benches)) : null
  }, [chapter, benches, rows])
}

/** The beat that is told at a step: the last one begun. */
export const beatAt = (steps: readonly number[], at: number): number => steps.findLastIndex((step) => step >= 0 && step <= at)

/** Shows the run that a paragraph is about. What the reader has chosen stays for as long as the text speaks of one run. */
export function useRun(chapter: Chapter, current: number): void {
  const runs = useMemo(() => runsShown(chapter.beats), [chapter])
  const isOwn = useStore((now) => areSame(now.benches.map(({ recipe }) => recipe), chapter.recipes))
  const told = useRef(0)
  useEffect(() => {
    // Others know nothing of this order; when the chapter's own come back, the first one is in front.
    const run = isOwn ? runs[current] ?? 0 : 0
    if (run !== told.current && isOwn) patch({ bench: run })
    told.current = run
  }, [runs, current, isOwn])
}

/** How far below its upper edge the pane is read. */
const READ_AT = 0.38
/** So long a paragraph may be on its way to the reader by itself. */
const GLIDE_MS = 500

/** Binds the paragraphs `[data-beat]` of a pane to the playhead. `arriving`: the paragraph that an address leads to, at once. */
export function useFollow(pane: RefObject<HTMLElement | null>, steps: readonly number[] | null, current: number, arriving: RefObject<number | null>): void {
  const gliding = useRef(0)
  // Where it was put at once: the browser tells of that later, and no hand has done it.
  const put = useRef(-1)
  const told = useRef(current)
  useEffect(() => {
    const box = pane.current
    if (!box || !steps) return
    const scrolled = (): void => {
      if (performance.now() < gliding.current || box.scrollTop === put.current) return
      put.current = -1
      const { top, height } = box.getBoundingClientRect()
      const line = box.scrollTop + box.clientHeight >= box.scrollHeight - 2 ? top + height : top + height * READ_AT
      const beats = [...box.querySelectorAll<HTMLElement>('[data-beat]')]
      const beat = Number(beats.findLast((each) => each.getBoundingClientRect().top <= line)?.dataset['beat'] ?? 0)
      const step = steps[beat]
      if (step === undefined || step < 0 || beat === told.current) return
      told.current = beat
      goTo(step)
    }
    // A hand on the wheel or the glass wants to go elsewhere.
    const taken = (): void => { gliding.current = 0 }
    const heard = [['scroll', scrolled], ['wheel', taken], ['touchmove', taken]] as const
    for (const [name, hear] of heard) box.addEventListener(name, hear, { passive: true })
    return () => heard.forEach(([name, hear]) => box.removeEventListener(name, hear))
  }, [pane, steps])
  useEffect(() => {
    // A scroll has led here: the paragraph is where it should be.
    if (told.current === current) return
    told.current = current
    const paragraph = pane.current?.querySelector<HTMLElement>(`[data-beat="${current}"]`)
    if (!paragraph) return
    const calm = isCalm() || arriving.current !== null
    if (arriving.current !== null && current >= arriving.current) arriving.current = null
    gliding.current = calm ? 0 : performance.now() + GLIDE_MS
    const behavior = calm ? 'instant' : 'smooth'
    // The first one stands under the title, which belongs to it.
    if (current === 0) pane.current?.scrollTo({ top: 0, behavior })
    else paragraph.scrollIntoView({ block: 'center', behavior })
    put.current = calm ? pane.current!.scrollTop : -1
  }, [pane, current, arriving])
}
