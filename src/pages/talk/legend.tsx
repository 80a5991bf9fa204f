/** What the marks on the enlarged floor mean. The same for every step on that floor, so that nothing moves. */
import { memo, type ReactNode } from 'react'
import { useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import type { Floor } from '../../stage/scene.ts'
import { SENTENCES } from './sentences.ts'
import { countAt, useStops } from './stops.ts'

const box = (more: ReactNode) => <svg viewBox="0 0 44 24" aria-hidden>{more}</svg>

const DIRTY = box(<><rect x="1" y="1" width="42" height="22" rx="4" fill="var(--dirty)" stroke="var(--edge)" strokeWidth="2" /><path d="M6 23l14-22M18 23l14-22M30 23l13-20" stroke="var(--dirty-ink)" strokeWidth="3" /></>)
const STALE = box(<rect x="2" y="2" width="40" height="20" fill="none" stroke="var(--bad)" strokeWidth="4" />)
const REFUSED = box(<rect x="2" y="2" width="40" height="20" rx="4" fill="none" stroke="var(--bad)" strokeWidth="3.5" strokeDasharray="7 4" />)
const HOLDS = box(<><path d="M2 12h32" stroke="var(--ink)" strokeWidth="3" /><path d="M30 5l12 7l-12 7z" fill="var(--ink)" /></>)
const DIFFERS = box(<><rect x="2" y="2" width="40" height="20" rx="4" fill="none" stroke="var(--bad)" strokeWidth="3.5" /><path d="M28 2h14v14z" fill="var(--bad)" /></>)
const sign = (text: string) => <i aria-hidden>{text}</i>

const ENTRIES: Readonly<Record<Floor, readonly (readonly [mark: ReactNode, means: string])[]>> = {
  hardware: [[DIRTY, 'dirty: newer than DRAM'], [STALE, 'stale: old bytes'], [DIFFERS, 'differs']],
  kernel: [[HOLDS, 'holds a reference'], [REFUSED, 'refused'], [DIFFERS, 'differs']],
  user: [[sign('▶'), 'runs'], [sign('✓'), 'done'], [sign('✗'), 'failed'], [sign('—'), 'skipped']],
}

/** `caches`: there is room for pictures of them, which alone have dirty lines. `absent`: the benches that have no room, '' for none. */
export const Legend = memo(function Legend({ floor, two, caches, absent }: { floor: Floor; two: boolean; caches: boolean; absent: string }) {
  return (
    <div className="slide-legend">
      <ul aria-label="Legend">
        {ENTRIES[floor].filter(([mark]) => (mark !== DIRTY || caches) && (mark !== DIFFERS || two)).map(([mark, means]) => <li key={means}>{mark}{means}</li>)}
      </ul>
      {absent !== '' && <p className="slide-absent">{fill(SENTENCES.notShown, { benches: absent })}</p>}
      <Where />
    </div>
  )
})

function Where() {
  const at = useStore((now) => now.at)
  const stops = useStops()
  return <p className="slide-where">{countAt(stops, at)} / {stops.length}</p>
}
