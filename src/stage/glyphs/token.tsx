/** Objects seen from afar: a name and the one fact that matters. */
import { fill } from '../../base/fill.ts'
import type { Id, Objects } from '../../journal/vocabulary.ts'
import type { AnyRecord } from '../../journal/snapshot.ts'
import { kindOf } from '../../journal/vocabulary.ts'
import { fileName } from '../chips.ts'
import { colour, hueOf, look, type Hue } from '../hue.ts'
import type { Box } from '../places.ts'
import type { ObjectProps } from '../object.ts'
import { SENTENCES } from '../sentences.ts'
import { firstThatFits, hex } from '../words.ts'
import { Sheet } from './card.tsx'
import { clipMono, clipWords, Mono, Words } from './text.tsx'
import { Thing } from './thing.tsx'

interface Said { readonly name: string; readonly short: string; readonly fact: string; readonly label: string }

const refs = (r: Readonly<Record<string, never>>): string => fill(SENTENCES.refs, { count: String(r['refcount']) })

function say(id: Id, record: AnyRecord): Said {
  const r = record as Record<string, never>
  switch (kindOf(id)) {
    case 'file': {
      const name = fileName(record)
      return { name, short: name.includes(' ') ? name.split(' ').slice(0, 2).join(' ') : name.replace(/^.*\//, '').replace('renderD', 'D'), fact: `f_count ${r['fCount']}`, label: fill(SENTENCES.openFile, { name }) }
    }
    case 'resv': {
      const { fences } = record as unknown as Objects['resv']
      return { name: 'dma_resv', short: 'resv', fact: fences.length === 0 ? 'empty' : fences.length === 1 ? `1 ${fences[0]!.usage}` : fill(SENTENCES.fences, { count: fences.length }), label: 'reservation object' }
    }
    case 'fence':
      return { name: 'dma_fence', short: 'fence', fact: r['signalled'] ? 'done ✓' : 'pending', label: fill(SENTENCES.fenceOf, { driver: String(r['driver']) }) }
    case 'fb':
      return { name: fill(SENTENCES.framebuffer, { number: String(r['number']) }), short: fill(SENTENCES.framebuffer, { number: String(r['number']) }), fact: `${r['width']}×${r['height']}`, label: 'framebuffer' }
    case 'job':
      return { name: 'GPU job', short: 'job', fact: String(r['state']), label: 'GPU job' }
    case 'mailbox':
      return { name: 'message', short: 'msg', fact: fill(SENTENCES.messageFiles, { count: (record['messages'] as readonly unknown[]).length }), label: 'SCM_RIGHTS message in flight' }
    case 'gem':
      return { name: fill(SENTENCES.gemShort, { key: id.slice(4) }), short: id.slice(4), fact: refs(r), label: 'drm_gem_object' }
    case 'dma_buf':
      return { name: 'dma_buf', short: 'buf', fact: fill(SENTENCES.ino, { ino: String(r['ino']) }), label: 'dma_buf' }
    case 'sync_file':
      return { name: 'sync_file', short: 'sync', fact: fill(SENTENCES.fences, { count: (record['fences'] as readonly unknown[]).length }), label: 'sync file' }
    case 'heap_buffer': case 'cma_heap_buffer': {
      const pages = (record['pages'] as readonly number[]).length
      return { name: kindOf(id), short: 'heap', fact: fill(SENTENCES.pages, { count: pages }), label: 'buffer of a heap' }
    }
    case 'udmabuf':
      return { name: 'udmabuf', short: 'udma', fact: r['mapped'] ? 'own sg kept' : 'no own sg', label: 'udmabuf' }
    case 'vb2_dc_buf': case 'vb2_dma_sg_buf':
      return { name: kindOf(id), short: 'vb2', fact: refs(r), label: 'buffer of a video queue' }
    default:
      return { name: kindOf(id), short: kindOf(id).slice(0, 5), fact: '', label: kindOf(id) }
  }
}

export function Token({ id, record, was, gone, box, roomy, frame, onSelect }: ObjectProps) {
  const { x, y, w, h } = box
  const hue = hueOf(frame.header, id, record)
  const said = say(id, record)
  const differs = frame.differs.has(id)
  const bar = roomy ? 4 : 3
  const room = w - bar - 7
  const before = was && say(id, was).fact
  const changed = before !== undefined && before !== said.fact && !gone
  const label = `${said.label}, ${said.fact}`
  return (
    <Thing id={id} label={gone ? fill(SENTENCES.gone, { thing: label }) : label} box={box} radius={5} selected={frame.selected === id} differs={differs} opacity={!gone && !was ? frame.t : undefined} onSelect={onSelect}>
      <Sheet box={box} hue={hue} state={gone ? 'gone' : differs ? 'differs' : 'plain'} radius={5} bar={bar} />
      <Mono x={x + bar + 4} y={y + (roomy ? 13.5 : h / 2 + 4)} size={11} weight={600} fill={gone ? 'var(--dim)' : 'var(--ink)'}>{clipMono(firstThatFits([said.name, said.short], room - 3, 11), room, 11)}</Mono>
      {roomy && <Mono x={x + bar + 4} y={y + 26.5} size={11} weight={changed ? 700 : 400} fill={changed ? 'var(--ink)' : 'var(--dim)'}>{clipMono(gone ? 'gone' : changed && frame.t < 0.5 ? before : said.fact, room + 1, 11)}</Mono>}
    </Thing>
  )
}

/** All that found no room in its column; the inspector and the transcript know them. */
export function TokenMore({ ids, hue, box, frame, onSelect }: { ids: readonly Id[]; hue: Hue; box: Box } & Pick<ObjectProps, 'frame' | 'onSelect'>) {
  const id = ids[0]!
  const { x, y, w, h } = box
  return (
    <Thing id={id} label={fill(SENTENCES.more, { count: ids.length, things: ids.join(', ') })} box={box} radius={h / 2} selected={ids.includes(frame.selected as Id)} differs={ids.some((each) => frame.differs.has(each))} onSelect={onSelect}>
      <rect x={x} y={y} width={w} height={h} rx={5} fill="var(--panel)" stroke={colour(hue)} strokeWidth={1.25} />
      <path d={`M${x + 4} ${y + h + 2.5}h${w - 8}`} stroke={colour(hue)} strokeWidth={1.25} />
      <Words x={x + w / 2} y={y + h / 2 + 4} size={12} weight={600} anchor="middle">{w < 60 ? `+${ids.length}` : fill(SENTENCES.plusMore, { count: ids.length })}</Words>
    </Thing>
  )
}

/** A device that the dma_buf has on its list; no reference: the list is a part of the dma_buf. */
export function AttachmentTab({ id, record, was, gone, box, roomy, frame, onSelect }: ObjectProps) {
  const attachment = record as unknown as Objects['attachment']
  const device = look(frame.after, attachment.device)
  const { x, y, w, h } = box
  const hue = hueOf(frame.header, id, record)
  const name = device?.render ?? device?.card ?? ''
  const page = attachment.sgt?.[0]?.page
  const sg = page === null || page === undefined ? 'not mapped' : fill(SENTENCES.mappedAt, { page: hex(frame.header.firstPfn + page) })
  const size = 11
  const text = firstThatFits([fill(SENTENCES.attached, { node: name, where: sg }), `${name} · ${sg}`, fill(SENTENCES.attachedShort, { node: name }), name], w - 18, size)
  const differs = frame.differs.has(id)
  return (
    <Thing id={id} label={fill(gone ? SENTENCES.detached : SENTENCES.attachment, { node: name, where: sg })} box={box} radius={5} selected={frame.selected === id} differs={differs} opacity={!gone && !was ? frame.t : undefined} onSelect={onSelect}>
      <path d={`M${x} ${y}h${w}v${h - 7}a7 7 0 0 1 -7 7h${14 - w}a7 7 0 0 1 -7 -7z`} fill={gone ? 'none' : `var(--${hue}-ground)`} stroke={gone ? 'var(--edge)' : differs ? 'var(--bad)' : colour(hue)} strokeWidth={differs ? 2.25 : 1.25} strokeDasharray={gone ? '4 4' : undefined} />
      {gone
        ? <Words x={x + w / 2} y={y + h / 2 + 4} size={11} anchor="middle" fill="var(--dim)">{clipWords('detached', w - 8, 11)}</Words>
        : <Mono x={x + w / 2} y={y + h / 2 + 4} size={size} anchor="middle" weight={roomy ? 500 : 400} fill={colour(hue)}>{clipMono(text, w - 8, size)}</Mono>}
    </Thing>
  )
}
