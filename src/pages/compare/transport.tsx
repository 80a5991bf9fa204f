/** The buttons for what the keys do. */
import { ChevronsLeft, ChevronsRight, FlagTriangleLeft, FlagTriangleRight, Link2, Pause, Play, StepBack, StepForward, Triangle } from 'lucide-react'
import { copyLink } from '../../app/keyboard.ts'
import * as playhead from '../../app/playhead.ts'
import { DEPTHS } from '../../journal/stops.ts'
import { patch, useStore } from '../../app/store.ts'

export function Transport() {
  const at = useStore((now) => now.at)
  const count = useStore((now) => now.rows.length)
  const playing = useStore((now) => now.playing)
  const marks = useStore((now) => now.marks)
  return (
    <div className="transport" role="toolbar" aria-label="Playhead">
      <button className="button" onClick={playhead.first} disabled={at === 0}><ChevronsLeft aria-hidden />First</button>
      <button className="button square" onClick={() => playhead.landmark(-1)} disabled={at === 0} aria-label="Landmark before" title="Landmark before (Shift+←)"><FlagTriangleLeft aria-hidden /></button>
      <button className="button" onClick={playhead.back} disabled={at === 0}><StepBack aria-hidden />Back</button>
      <button className="button strong play" onClick={playhead.togglePlay} disabled={count === 0}>{playing ? <><Pause aria-hidden />Pause</> : <><Play aria-hidden />Play</>}</button>
      <button className="button" onClick={playhead.next} disabled={at === count}>Next<StepForward aria-hidden /></button>
      <button className="button square" onClick={() => playhead.landmark(1)} disabled={at === count} aria-label="Next landmark" title="Next landmark (Shift+→)"><FlagTriangleRight aria-hidden /></button>
      <button className="button square" onClick={playhead.last} disabled={at === count} aria-label="Last" title="Last step (End)"><ChevronsRight aria-hidden /></button>
      <button className="button" onClick={() => playhead.difference(1)} disabled={!marks.some((mark) => mark.row + 1 > at)}><Triangle aria-hidden />Next difference</button>
      <p className="keys" aria-hidden="true"><kbd>← →</kbd> step · <kbd>⇧← ⇧→</kbd> landmark · <kbd>X</kbd> next difference · <kbd>E</kbd> why? · <kbd>?</kbd> all keys</p>
      <span className="gap" />
      <button className="where" onClick={() => patch({ panel: 'find' })} title="Go to a step (G)">step <b>{at}</b> of {count}</button>
      <Depths />
      <Speed />
      <button className="button square" onClick={() => void copyLink()} aria-label="Copy a link to this moment" title="Copy a link to this moment (C)"><Link2 aria-hidden /></button>
    </div>
  )
}

const DEPTH_TITLES = { call: 'one stop per call', step: 'the steps that matter', detail: 'every event' }

export function Depths() {
  const depth = useStore((now) => now.depth)
  return (
    <div className="depths" role="group" aria-label="Depth">
      {DEPTHS.map((each) => (
        <button key={each} aria-pressed={each === depth} title={`${DEPTH_TITLES[each]} (− and +)`} onClick={() => playhead.setDepth(each)}>{each}</button>
      ))}
    </div>
  )
}

function Speed() {
  const speed = useStore((now) => now.speed)
  return (
    <select className="field speed" aria-label="Speed" title="Speed (< and >)" value={speed} onChange={(event) => patch({ speed: Number(event.target.value) })}>
      {playhead.SPEEDS.map((each) => <option key={each} value={each}>{each}×</option>)}
    </select>
  )
}
