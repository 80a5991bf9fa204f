/** The ways to the buffer's page, the CPU's, the GPU's, and the display's where an IOMMU stands before it, in a place of their own beside the memory. The one the step is about is lit. */
import { fill } from '../../../base/fill.ts'
import type { Id } from '../../../journal/vocabulary.ts'
import { Words } from '../../glyphs/text.tsx'
import { Thing } from '../../glyphs/thing.tsx'
import { colour } from '../../hue.ts'
import type { Frame } from '../../frame.ts'
import { layoutOf, STRIP, walkPlace } from '../../hardware/layout.ts'
import { SENTENCES } from '../../hardware/sentences-later.ts'
import { hueOfWalk, WalkStrip } from '../../hardware/walk-strip.tsx'
import { WalkToken } from '../../hardware/walk-token.tsx'
import { WalkTree } from '../../hardware/walk-tree.tsx'
import { subjectOf, subjectOfStep, thingOf, walkersOf, type Subject } from '../../hardware/walk-subjects.ts'
import { addressText, leafWords, nameOf, tablesOf, tlbWords, walkView } from '../../hardware/walks.ts'
import { NO_PAST } from '../../past.ts'
import type { Box } from '../../places.ts'
import { scene } from '../../scene.ts'

/** An area without tables is filled in when it is touched. */
const emptyWords = (subject: Subject | null): string => (subject ? 'mapped, but no tables yet: the first touch faults' : 'no buffer is mapped')
const rectOf = ({ x, y, w, h }: Box) => ({ x, y, width: w, height: h })
/** Lower than this a table has no row to show. */
const LEAST_TABLES = 60

export default scene({
  id: 'walk',
  title: 'Page-table walks of CPU, GPU and IOMMU',
  floor: 'hardware',
  order: 1,
  of({ frame, box, compact }) {
    const { walk, token } = layoutOf(box, compact)
    if (!walk && !token) return []
    const own = subjectOfStep(frame)
    const moves = own !== null && frame.t < 1
    const subjects = walkersOf(frame.after).map((who) => subjectOf(frame, who))
    const things = subjects.map((subject) => subject && thingOf(frame, subject))
    return [
      ...things, things.includes(frame.selected as Id) ? frame.selected : null,
      (frame.past ?? NO_PAST).worded, own?.who, moves ? frame.step : null, moves ? frame.t : 1,
      ...subjects.flatMap((subject) => tablesOf(frame, subject)),
    ]
  },
  draw({ frame, box, compact, onSelect }) {
    const layout = layoutOf(box, compact)
    if (!layout.walk && !layout.token) return null
    const own = subjectOfStep(frame)
    const parts = walkersOf(frame.after).map((who) => ({ who, name: nameOf(who), subject: subjectOf(frame, who), lit: own?.who === who }))
    // A low place has lines instead of tables; where there is none a few words stand beside the floor's name.
    const place = (i: number): Box => walkPlace(layout, i, parts.length)
    return (
      <g>
        {parts.map(({ who, name, subject, lit }, i) => {
          const props = { frame, subject, lit, box: place(i), name, empty: emptyWords(subject) }
          const drawn = !layout.walk ? <WalkToken {...props} /> : place(i).h >= LEAST_TABLES ? <Half {...props} /> : <WalkStrip {...props} box={{ ...place(i), h: STRIP }} />
          if (!subject) return <g key={who}>{drawn}</g>
          const id = thingOf(frame, subject)
          return (
            <Thing key={who} id={id} label={fill(SENTENCES.theWalk, { name, address: addressText(subject.addr) })} box={place(i)} selected={frame.selected === id} differs={false} onSelect={onSelect}>
              <rect {...rectOf(place(i))} fill="transparent" />
              {drawn}
            </Thing>
          )
        })}
      </g>
    )
  },
})

function Half({ frame, subject, lit, box, name, empty }: { frame: Frame; subject: Subject | null; lit: boolean; box: Box; name: string; empty: string }) {
  const view = subject && walkView(frame, subject)
  const y = box.y + 13
  if (!view) return <Words x={box.x} y={y} size={13} weight={650} fill="var(--dim)">{name}{' '}<tspan dx="3.5" fontSize={12} fontWeight={400}>{empty}</tspan></Words>
  const hue = hueOfWalk(frame.header, view)
  const tlb = tlbWords(view)
  return (
    <g>
      {lit && <rect x={box.x - 8} y={box.y - 3} width={box.w + 8} height={box.h} rx={6} fill="none" stroke={colour(hue)} strokeWidth="1.5" />}
      <Words x={box.x} y={y} size={13} weight={650} fill={colour(hue)}>
        {`${nameOf(view.who)} · ${view.owner} `}
        <tspan dx="4.5" fontFamily="var(--mono)" fontSize={12} fontWeight={400} fill="var(--ink)">{addressText(view.addr)}</tspan>
        {view.walk.phys !== null && ' '}
        {view.walk.phys !== null && <tspan dx="4.5" fontFamily="var(--mono)" fontSize={12} fontWeight={600} fill="var(--ink)">{leafWords(view)}</tspan>}
        {' '}
        <tspan dx="4.5" fontSize={12} fontWeight={tlb.bad ? 650 : 400} fill={tlb.bad ? 'var(--bad)' : 'var(--dim)'}>{tlb.forms[0]}</tspan>
      </Words>
      <WalkTree view={view} box={{ x: box.x, y: box.y + 20, w: box.w - 4, h: box.h - 24 }} hue={hue} />
    </g>
  )
}
