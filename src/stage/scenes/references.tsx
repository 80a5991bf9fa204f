/** The arrows: every reference that exists, and none else. Drawn under the objects, over user space. */
import { ArrowGlyph } from '../glyphs/arrow.tsx'
import { Kept } from '../glyphs/kept.tsx'
import { arrowsOf, layoutsOf } from '../references.ts'
import { scene } from '../scene.ts'

export default scene({
  id: 'references',
  title: 'References',
  floor: 'kernel',
  order: -10,
  draw: ({ frame, floors, compact }) => {
    const layouts = layoutsOf(frame, floors, compact)
    const { before, after, t } = frame
    const now = arrowsOf(frame, after, layouts).arrows
    // On its way out until the step has played; a going reference is no arrow any more at the end.
    const going = t < 1 ? arrowsOf(frame, before, layouts).arrows.filter(({ edge }) => !after.records.has(edge.id)) : []
    return (
      <>
        {going.map(({ edge, points, hue }) => <ArrowGlyph key={edge.id} points={points} hue={hue} lost={edge.lost} thin={edge.counter === ''} strong={false} drawn={1} fading={1 - t} />)}
        {now.map(({ edge, points, hue }) => (
          <g key={edge.id} data-ref={edge.id}>
            <Kept
              of={[frame.step, before === after, frame.places, frame.differs, floors, compact, before.records.has(edge.id) ? 1 : t]}
              draw={() => <ArrowGlyph points={points} hue={hue} lost={edge.lost} thin={edge.counter === ''} strong={frame.differs.has(edge.id)} drawn={before.records.has(edge.id) ? 1 : t} />}
            />
          </g>
        ))}
      </>
    )
  },
})
