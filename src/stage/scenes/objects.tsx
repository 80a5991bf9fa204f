/** The kernel's objects: buffers and the dma_buf as cards with their counts, the rest as tokens; each in its one place. */
import type { AnyRecord } from '../../journal/snapshot.ts'
import { kindOf, type Id } from '../../journal/vocabulary.ts'
import { DmaBufCard } from '../glyphs/dma-buf.tsx'
import { GemCard } from '../glyphs/gem.tsx'
import { AttachmentTab, Token, TokenMore } from '../glyphs/token.tsx'
import { hueOf } from '../hue.ts'
import { MORE, type Column } from '../places.ts'
import type { ObjectProps } from '../object.ts'
import { boxOfId, edgesOf, layoutsOf } from '../references.ts'
import { scene } from '../scene.ts'

/** A mailbox is there for the reader while something lies in it. */
const counts = (id: Id, record: AnyRecord | undefined): record is AnyRecord =>
  record !== undefined && (kindOf(id) !== 'mailbox' || (record['messages'] as readonly unknown[]).length > 0)

export default scene({
  id: 'objects',
  title: 'Objects of the kernel',
  floor: 'kernel',
  draw: ({ frame, floors, compact, onSelect }) => {
    const { kernel } = layoutsOf(frame, floors, compact)
    const { places, before, after } = frame
    const edges = edgesOf(after, places)
    const more: [Id[], Id[], Id[]] = [[], [], []]
    const drawn = [...places.cells].map(([id, place]) => {
      if (place.kind === 'area') return null
      const [now, was] = [after.records.get(id), before.records.get(id)]
      const record = counts(id, now) ? now : counts(id, was) ? was : undefined
      const box = record && boxOfId(places, kernel, id)
      if (!record || !box) return null
      if (place.kind === 'token' && place.index === MORE) {
        if (counts(id, now)) more[place.column].push(id)
        return null
      }
      const props: ObjectProps = { id, record, was: counts(id, was) ? was : undefined, gone: !counts(id, now), box, roomy: kernel.roomy, edges, tab: kernel.tab, frame, compact, onSelect }
      if (place.kind === 'tab') return <AttachmentTab key={id} {...props} />
      if (place.kind === 'token') return <Token key={id} {...props} />
      return kindOf(id) === 'dma_buf' ? <DmaBufCard key={id} {...props} /> : <GemCard key={id} {...props} />
    })
    return (
      <>
        {drawn}
        {([0, 1, 2] as Column[]).map((column) => {
          const [first] = more[column]
          const box = kernel.tokens[column][MORE]
          return first && box && <TokenMore key={column} ids={more[column]} hue={hueOf(frame.header, first, after.records.get(first))} box={box} frame={frame} onSelect={onSelect} />
        })}
      </>
    )
  },
})
