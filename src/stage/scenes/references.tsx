/** The arrows: every reference that exists, and none else. Drawn under the objects, over user space. */
import { fill } from '../../base/fill.ts'
import { nameOf } from '../../journal/say.ts'
import type { Snapshot } from '../../journal/snapshot.ts'
import type { Frame } from '../frame.ts'
import { ArrowGlyph } from '../glyphs/arrow.tsx'
import { Kept } from '../glyphs/kept.tsx'
import { hueOf } from '../hue.ts'
import { actingTask } from '../layout/user.ts'
import { arrowsOf, edgesIn, edgesOf, layoutsOf, type Edge } from '../references.ts'
import { scene } from '../scene.ts'
import { SENTENCES } from '../sentences.ts'

/** A slot that holds something else by now holds another reference. */
const holds = ({ records }: Snapshot, { id, to }: Edge): boolean => records.get(id)?.['to'] === to

/** An arrow for who does not see it. */
const said = ({ from, to, slot, lost }: Edge, { after, before }: Frame): string => {
  const named = [after, before]
  return fill(SENTENCES[lost ? 'arrowLost' : 'arrow'], { from: nameOf(from, named), slot, to: nameOf(to, named) })
}

export default scene({
  id: 'references',
  title: 'References',
  floor: 'kernel',
  order: -10,
  of: ({ frame, compact }) => {
    const { before, after, places, step, differs, t } = frame
    const edges = edgesOf(frame)
    const moves = t < 1 && (edges.some((edge) => !holds(before, edge)) || edgesIn(before, places).some((edge) => !holds(after, edge)))
    const arrows = edges.map((edge) => `${edge.id}>${edge.to} ${edge.counter} ${edge.lost} ${differs.has(edge.id)} ${hueOf(frame.header, edge.from, after.records.get(edge.from))}`)
    return [arrows.join(), compact ? actingTask(frame, places) : null, moves ? t : 1, moves ? step : null, moves ? frame.past?.since : null]
  },
  draw: ({ frame, floors, compact }) => {
    const layouts = layoutsOf(frame, floors, compact)
    const { before, after, t } = frame
    // A phone shows another process when another acts.
    const acting = compact ? actingTask(frame, frame.places) : null
    const now = arrowsOf(frame, after, layouts).arrows
    // On its way out until the step has played; a going reference is no arrow any more at the end.
    const going = t < 1 ? arrowsOf(frame, before, layouts).arrows.filter(({ edge }) => !holds(after, edge)) : []
    return (
      <>
        {going.map(({ edge, points, hue }) => <ArrowGlyph key={`going ${edge.id}`} points={points} hue={hue} lost={edge.lost} thin={edge.counter === ''} strong={false} drawn={1} fading={1 - t} />)}
        {now.map(({ edge, points, hue }) => (
          <g key={edge.id} data-ref={edge.id}>
            <Kept
              of={[frame.header, frame.places, floors, acting, frame.differs.has(edge.id), edge.lost, edge.to, holds(before, edge) ? 1 : t]}
              draw={() => <ArrowGlyph says={said(edge, frame)} points={points} hue={hue} lost={edge.lost} thin={edge.counter === ''} strong={frame.differs.has(edge.id)} drawn={holds(before, edge) ? 1 : t} />}
            />
          </g>
        ))}
      </>
    )
  },
})
