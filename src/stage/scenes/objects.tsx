/** The kernel's objects: buffers and the dma_buf as cards with their counts, the rest as tokens; each in its one place. */
import type { AnyRecord } from '../../journal/snapshot.ts'
import { kindOf, type Id } from '../../journal/vocabulary.ts'
import { DmaBufCard } from '../glyphs/dma-buf.tsx'
import { GemCard } from '../glyphs/gem.tsx'
import { Kept, sameRecord } from '../glyphs/kept.tsx'
import { Words } from '../glyphs/text.tsx'
import { AttachmentTab, Token, TokenMore } from '../glyphs/token.tsx'
import { hueOf } from '../hue.ts'
import { MORE, type Column } from '../places.ts'
import type { Frame } from '../frame.ts'
import { nearObjects } from '../near/near.ts'
import { refuses } from '../past.ts'
import type { ObjectProps } from '../object.ts'
import { boxOfId, edgesOf, layoutsOf, type Edge } from '../references.ts'
import { scene } from '../scene.ts'

/** A mailbox is there for the reader while something lies in it. */
const counts = (id: Id, record: AnyRecord | undefined): record is AnyRecord =>
  record !== undefined && (kindOf(id) !== 'mailbox' || (record['messages'] as readonly unknown[]).length > 0)

function byTarget(edges: readonly Edge[]): ReadonlyMap<Id, readonly Edge[]> {
  const found = new Map<Id, Edge[]>()
  for (const edge of edges) {
    const row = found.get(edge.to)
    if (row) row.push(edge)
    else found.set(edge.to, [edge])
  }
  return found
}

/** All that the drawing of an object depends on. The file of a dma_buf is a part of it. What the step changed shows how it was, and moves. */
function standing(frame: Frame, id: Id, edges: readonly Edge[]): readonly unknown[] {
  const { before, after, step, t, differs, selected } = frame
  const [now, was] = [after.records.get(id), before.records.get(id)]
  const file = (now ?? was)?.['file'] as Id | undefined
  const looks = [differs.has(id) || (file !== undefined && differs.has(file)), selected === id || (file !== undefined && selected === file)]
  const [held, wasHeld] = [file && after.records.get(file), file && before.records.get(file)]
  if (!sameRecord(now, was) || !sameRecord(held, wasHeld)) return [...looks, step, t]
  const marks = edges.map((edge) => `${edge.id}${edge.lost ? '!' : ''}`).join()
  // A refusal may name the object.
  return [...looks, now, held, marks, step && refuses(step) ? step : null]
}

/** Said where nothing is drawn. A phone leaves out what is no buffer, and does not say that it is not there. */
function emptyWords({ places, after, step }: Frame, compact: boolean): string {
  if (compact && [...places.cells].some(([id, { kind }]) => kind !== 'area' && counts(id, after.records.get(id)))) return 'no buffer at this moment, only open files'
  return step ? 'no object is left: all was given back' : 'no object yet: nothing is open, nothing is shared'
}

export default scene({
  id: 'objects',
  title: 'Objects of the kernel',
  floor: 'kernel',
  draw: ({ frame, floors, compact, near = 1, onSelect }) => {
    const { kernel } = layoutsOf(frame, floors, compact)
    const { places, before, after } = frame
    const held = byTarget(edgesOf(frame))
    // From nearest the lines of a buffer are seen, which are words of the hardware and no record.
    const shown = [frame.header, places, floors, compact, onSelect, near, nearObjects, near > 2 ? frame.past?.worded : null]
    const more: [Id[], Id[], Id[]] = [[], [], []]
    for (const [id, place] of places.cells) if (place.kind === 'token' && place.index === MORE && counts(id, after.records.get(id))) more[place.column].push(id)
    const drawn = [...places.cells].map(([id, place]) => {
      if (place.kind === 'area') return null
      const [now, was] = [after.records.get(id), before.records.get(id)]
      const record = counts(id, now) ? now : counts(id, was) ? was : undefined
      const box = record && boxOfId(places, kernel, id)
      if (!record || !box) return null
      // One alone has the room of the chip.
      if (place.kind === 'token' && place.index === MORE && (more[place.column].length !== 1 || more[place.column][0] !== id)) return null
      const file = record['file'] as Id | undefined
      const edges = [...(held.get(id) ?? []), ...((file && held.get(file)) ?? [])]
      const props: ObjectProps = { id, record, was: counts(id, was) ? was : undefined, gone: !counts(id, now), box, roomy: kernel.roomy, edges, tab: kernel.tab, frame, compact, onSelect }
      const Draw = place.kind === 'tab' ? AttachmentTab : place.kind === 'token' ? Token : kindOf(id) === 'dma_buf' ? DmaBufCard : GemCard
      if (nearObjects?.hasFields(box, near)) {
        const { NearObject } = nearObjects
        return <Kept key={id} of={[...shown, ...standing(frame, id, edges)]} draw={() => <NearObject {...props} near={near} />} />
      }
      return <Kept key={id} of={[...shown, ...standing(frame, id, edges)]} draw={() => <Draw {...props} />} />
    })
    const empty = drawn.every((each) => each === null) && more.every((each) => each.length === 0)
    return (
      <>
        {empty && <Words x={floors.kernel.band.w / 2} y={floors.kernel.band.y + floors.kernel.band.h / 2 + 4} size={13} anchor="middle" fill="var(--dim)">{emptyWords(frame, compact)}</Words>}
        {drawn}
        {([0, 1, 2] as Column[]).map((column) => {
          const [first] = more[column]
          const box = kernel.tokens[column][MORE]
          return more[column].length > 1 && first && box && <TokenMore key={column} ids={more[column]} hue={hueOf(frame.header, first, after.records.get(first))} box={box} frame={frame} onSelect={onSelect} />
        })}
      </>
    )
  },
})
