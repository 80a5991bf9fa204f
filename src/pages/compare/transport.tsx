/** The buttons for what the keys do. One that can do nothing now stays where it is, so that the focus is not lost. */
import { Bookmark, ChevronsLeft, ChevronsRight, CircleHelp, FlagTriangleLeft, FlagTriangleRight, Link2, Pause, Play, StepBack, StepForward, Triangle } from 'lucide-react'
import { memo, type CSSProperties, type ReactNode } from 'react'
import { copyLink, explain, mark } from '../../app/keyboard.ts'
import * as playhead from '../../app/playhead.ts'
import { DEPTHS } from '../../journal/stops.ts'
import { patch, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { Rich } from './rich.tsx'
import { SENTENCES } from './sentences.ts'

export const Key = memo(function Key({ off = false, className = 'button', name, keys, press, children }: { off?: boolean; className?: string; name?: string; keys?: string; press: () => void; children: ReactNode }) {
  return <button className={className} aria-disabled={off} aria-label={name} title={keys ? `${name} (${keys})` : undefined} onClick={press}>{children}</button>
})

/** What is on the buttons, and what they do, made once: a step draws a button again only when it goes on or off. */
const FACES = {
  first: <><ChevronsLeft aria-hidden />First</>, back: <><StepBack aria-hidden />Back</>, next: <>Next<StepForward aria-hidden /></>, last: <ChevronsRight aria-hidden />,
  play: <><Play aria-hidden />Play</>, pause: <><Pause aria-hidden />Pause</>, landmarkBefore: <FlagTriangleLeft aria-hidden />, landmarkAfter: <FlagTriangleRight aria-hidden />,
  differenceBefore: <Triangle aria-hidden style={{ rotate: '-90deg' }} />, differenceAfter: <>Next difference<Triangle aria-hidden style={{ rotate: '90deg' }} /></>,
  why: <><CircleHelp aria-hidden />Why?</>, bookmark: <Bookmark aria-hidden />, link: <Link2 aria-hidden />,
}
const KEYS = <p className="keys" aria-hidden="true"><kbd>← →</kbd> step · <kbd>⇧← ⇧→</kbd> landmark · <kbd>X</kbd> next difference · <kbd>E</kbd> why? · <kbd>?</kbd> all keys</p>
const landmarkBefore = (): void => playhead.landmark(-1)
const landmarkAfter = (): void => playhead.landmark(1)
const differenceBefore = (): void => playhead.difference(-1)
const differenceAfter = (): void => playhead.difference(1)
const copy = (): void => void copyLink()

export const Transport = memo(function Transport() {
  const at = useStore((now) => now.at)
  const count = useStore((now) => now.rows.length)
  const playing = useStore((now) => now.playing)
  const marks = useStore((now) => now.marks)
  const inspecting = useStore((now) => now.inspecting && now.panel === null)
  return (
    <div className="transport" role="toolbar" aria-label="Playhead">
      <Key off={at === 0} press={playhead.first}>{FACES.first}</Key>
      <Key off={at === 0} className="button square" name="Landmark before" keys="Shift+←" press={landmarkBefore}>{FACES.landmarkBefore}</Key>
      <Key off={at === 0} press={playhead.back}>{FACES.back}</Key>
      <Key off={count === 0} className="button strong play" press={playhead.togglePlay}>{playing ? FACES.pause : FACES.play}</Key>
      <Key off={at === count} press={playhead.next}>{FACES.next}</Key>
      <Key off={at === count} className="button square" name="Next landmark" keys="Shift+→" press={landmarkAfter}>{FACES.landmarkAfter}</Key>
      <Key off={at === count} className="button square" name="Last step" keys="End" press={playhead.last}>{FACES.last}</Key>
      <Key off={!marks.some((mark) => mark.row + 1 < at)} className="button square" name="Difference before" keys="Shift+X" press={differenceBefore}>{FACES.differenceBefore}</Key>
      <Key off={!marks.some((mark) => mark.row + 1 > at)} press={differenceAfter}>{FACES.differenceAfter}</Key>
      <button className="button" aria-pressed={inspecting} onClick={explain} title="Why is it so? (E)">{FACES.why}</button>
      {KEYS}
      <span className="gap" />
      <button className="where" onClick={() => patch({ panel: 'find' })} title="Go to a step (G)"><Rich text={SENTENCES.stepWhere} parts={{ at: <b style={{ '--digits': String(count).length } as CSSProperties}>{at}</b>, count }} /></button>
      <Depths />
      <Speed />
      <Key className="button square" name="Bookmark this moment" keys="M" press={mark}>{FACES.bookmark}</Key>
      <Key className="button square" name="Copy a link to this moment" keys="C" press={copy}>{FACES.link}</Key>
    </div>
  )
})

const DEPTH_TITLES = { call: 'one stop per call', step: 'the steps that matter', detail: 'every event' }

export const Depths = memo(function Depths() {
  const depth = useStore((now) => now.depth)
  return (
    <div className="depths" role="group" aria-label="Depth">
      {DEPTHS.map((each) => (
        <button key={each} aria-pressed={each === depth} title={fill(SENTENCES.depth, { title: DEPTH_TITLES[each] })} onClick={() => playhead.setDepth(each)}>{each}</button>
      ))}
    </div>
  )
})

const Speed = memo(function Speed() {
  const speed = useStore((now) => now.speed)
  return (
    <select className="field speed" aria-label="Speed" title="Speed (< and >)" value={speed} onChange={(event) => patch({ speed: Number(event.target.value) })}>
      {playhead.SPEEDS.map((each) => <option key={each} value={each}>{each}×</option>)}
    </select>
  )
})
