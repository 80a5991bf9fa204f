/** The buttons for what the keys do. One that can do nothing now stays where it is, so that the focus is not lost. */
import { Bookmark, ChevronsLeft, ChevronsRight, CircleHelp, FlagTriangleLeft, FlagTriangleRight, Link2, Pause, Play, StepBack, StepForward, Triangle } from 'lucide-react'
import type { ReactNode } from 'react'
import { toggleBookmark } from '../../app/bookmarks.ts'
import { copyLink, explain } from '../../app/keyboard.ts'
import * as playhead from '../../app/playhead.ts'
import { DEPTHS } from '../../journal/stops.ts'
import { patch, useStore } from '../../app/store.ts'

export function Key({ off = false, className = 'button', name, keys, press, children }: { off?: boolean; className?: string; name?: string; keys?: string; press: () => void; children: ReactNode }) {
  return <button className={className} aria-disabled={off} aria-label={name} title={keys ? `${name} (${keys})` : undefined} onClick={press}>{children}</button>
}

export function Transport() {
  const at = useStore((now) => now.at)
  const count = useStore((now) => now.rows.length)
  const playing = useStore((now) => now.playing)
  const marks = useStore((now) => now.marks)
  const inspecting = useStore((now) => now.inspecting && now.panel === null)
  return (
    <div className="transport" role="toolbar" aria-label="Playhead">
      <Key off={at === 0} press={playhead.first}><ChevronsLeft aria-hidden />First</Key>
      <Key off={at === 0} className="button square" name="Landmark before" keys="Shift+←" press={() => playhead.landmark(-1)}><FlagTriangleLeft aria-hidden /></Key>
      <Key off={at === 0} press={playhead.back}><StepBack aria-hidden />Back</Key>
      <Key off={count === 0} className="button strong play" press={playhead.togglePlay}>{playing ? <><Pause aria-hidden />Pause</> : <><Play aria-hidden />Play</>}</Key>
      <Key off={at === count} press={playhead.next}>Next<StepForward aria-hidden /></Key>
      <Key off={at === count} className="button square" name="Next landmark" keys="Shift+→" press={() => playhead.landmark(1)}><FlagTriangleRight aria-hidden /></Key>
      <Key off={at === count} className="button square" name="Last step" keys="End" press={playhead.last}><ChevronsRight aria-hidden /></Key>
      <Key off={!marks.some((mark) => mark.row + 1 < at)} className="button square" name="Difference before" keys="Shift+X" press={() => playhead.difference(-1)}><Triangle aria-hidden style={{ rotate: '-90deg' }} /></Key>
      <Key off={!marks.some((mark) => mark.row + 1 > at)} press={() => playhead.difference(1)}>Next difference<Triangle aria-hidden style={{ rotate: '90deg' }} /></Key>
      <button className="button" aria-pressed={inspecting} onClick={explain} title="Why is it so? (E)"><CircleHelp aria-hidden />Why?</button>
      <p className="keys" aria-hidden="true"><kbd>← →</kbd> step · <kbd>⇧← ⇧→</kbd> landmark · <kbd>X</kbd> next difference · <kbd>E</kbd> why? · <kbd>?</kbd> all keys</p>
      <span className="gap" />
      <button className="where" onClick={() => patch({ panel: 'find' })} title="Go to a step (G)">step <b>{at}</b> of {count}</button>
      <Depths />
      <Speed />
      <Key className="button square" name="Bookmark this moment" keys="M" press={toggleBookmark}><Bookmark aria-hidden /></Key>
      <Key className="button square" name="Copy a link to this moment" keys="C" press={() => void copyLink()}><Link2 aria-hidden /></Key>
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
