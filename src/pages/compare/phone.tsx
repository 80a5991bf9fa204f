/** On a phone or a tablet: one bench, the other a swipe away, the caption pinned with Back and Next under it. */
import { ChevronLeft, ChevronRight, Ellipsis, Play, StepBack } from 'lucide-react'
import { useRef, useSyncExternalStore, type PointerEvent } from 'react'
import * as playhead from '../../app/playhead.ts'
import { benchName } from '../../app/names.ts'
import { patch, state, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { Logo } from './header.tsx'
import { later } from './later.tsx'
import { SENTENCES } from './sentences.ts'

const Choices = later('dialog', () => import('./choices-sheet.tsx'))

/** A phone, upright or on its side. */
const PHONE = '(max-width: 700px), (max-height: 480px)'
/** Two benches would have no room to be read. */
const NARROW = `(max-width: 1100px), ${PHONE}`
/** A shorter sideways stroke is a tap that slipped. */
const SWIPE_PX = 48
/** A longer one is no tap. */
const TAP_PX = 10

/** One of each: to ask the browser anew costs at every step. */
const queries = new Map<string, MediaQueryList>()
function queryOf(wanted: string): MediaQueryList {
  const query = queries.get(wanted) ?? matchMedia(wanted)
  queries.set(wanted, query)
  return query
}

/** Whether the window is so now. */
export function useMedia(wanted: string): boolean {
  return useSyncExternalStore((changed) => {
    const query = queryOf(wanted)
    query.addEventListener('change', changed)
    return () => query.removeEventListener('change', changed)
  }, () => queryOf(wanted).matches)
}
/** Four benches need more: each has 300 px at least, or they are shown one at a time. */
const NARROW_FOR_FOUR = `(max-width: 1239px), ${PHONE}`
export const useNarrow = (benches: number): boolean => useMedia(benches > 3 ? NARROW_FOR_FOUR : NARROW)
export const usePhone = (): boolean => useMedia(PHONE)

function turn(by: 1 | -1): void {
  const { bench, benches } = state()
  patch({ bench: (bench + by + benches.length) % benches.length })
}

/** Where a tap on the stage means no thing: on the left it steps back, elsewhere on. */
function tap({ target, clientX }: PointerEvent): void {
  const stage = (target as Element).closest('.stage')
  if (!stage || (target as Element).closest('.thing, button')) return
  const { left, width } = stage.getBoundingClientRect()
  if (clientX - left < width / 3) playhead.back()
  else playhead.next()
}

export function useSwipe() {
  const begun = useRef<{ x: number; y: number } | null>(null)
  return {
    // A second finger makes it a pinch.
    onPointerDown: (event: PointerEvent) => { begun.current = event.isPrimary ? { x: event.clientX, y: event.clientY } : null },
    onPointerUp: (event: PointerEvent) => {
      const from = begun.current
      begun.current = null
      // From close a stroke moves what is seen.
      if (!from || state().camera.zoom > 1) return
      const dx = event.clientX - from.x
      const dy = event.clientY - from.y
      if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 2 * Math.abs(dy)) turn(dx < 0 ? 1 : -1)
      else if (event.pointerType === 'touch' && Math.hypot(dx, dy) < TAP_PX) tap(event)
    },
  }
}

/** Which bench is shown where only one has room, and the way to its neighbours. */
export function Turn() {
  const bench = useStore((now) => now.bench)
  const names = useStore((now) => now.benches.map((each) => benchName(each.recipe)).join('\n'))
  const all = names.split('\n')
  const before = all[(bench - 1 + all.length) % all.length]
  const after = all[(bench + 1) % all.length]
  return (
    <div className="turn" role="group" aria-label="Bench">
      <button onClick={() => turn(-1)} aria-label={fill(SENTENCES.show, { name: before! })}><span className="clip">{all.length === 2 ? all[0] : before}</span><ChevronLeft aria-hidden /></button>
      <b>{fill(SENTENCES.benchOf, { number: bench + 1, count: all.length })}</b>
      <button onClick={() => turn(1)} aria-label={fill(SENTENCES.show, { name: after! })}><ChevronRight aria-hidden /><span className="clip">{all.length === 2 ? all[1] : after}</span></button>
    </div>
  )
}

export function PhoneHeader() {
  const ready = useStore((now) => now.catalog !== null)
  const title = useStore((now) => now.catalog?.scenarios.find(({ id }) => id === now.benches[0]!.recipe.scenario)?.title ?? 'The story, July 2019')
  return (
    <header className="top">
      <Logo />
      <h1 className="unseen">{title}</h1>
      <span className="gap" />
      <Turn />
      {ready && <Choices className="button square" name="Choices" trigger={<Ellipsis aria-hidden />} />}
    </header>
  )
}

export function PhoneFooter() {
  const at = useStore((now) => now.at)
  const count = useStore((now) => now.rows.length)
  const playing = useStore((now) => now.playing)
  return (
    <div className="phone-transport">
      <button className="button" onClick={playhead.back} disabled={at === 0} aria-label="Back"><StepBack aria-hidden /></button>
      <button className="button strong" onClick={playing ? playhead.togglePlay : playhead.next} disabled={at === count}>{playing ? 'Pause' : 'Next'} <Play aria-hidden fill="currentColor" /></button>
      <span className="where">{at} / {count}</span>
    </div>
  )
}
