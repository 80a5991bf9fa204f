/** The address space of a process: its areas, patterned by how they are cached, and the one that was refused. */
import { fill } from '../../base/fill.ts'
import type { Frame } from '../frame.ts'
import { colour, type Hue } from '../hue.ts'
import { areaBox, type ProcessBox } from '../layout/user.ts'
import { NO_PAST } from '../past.ts'
import type { Select } from '../scene.ts'
import { SENTENCES } from '../sentences.ts'
import { hex, permissions } from '../words.ts'
import { attrFill } from './patterns.tsx'
import { Mono, Words } from './text.tsx'
import { Thing } from './thing.tsx'

export function Space({ frame, process, hue, roomy, onSelect }: { frame: Frame; process: ProcessBox; hue: Hue; roomy: boolean; onSelect?: Select | undefined }) {
  const { strip, task } = process
  const { places, before, after, t, step } = frame
  const areas = [...places.cells].filter(([, place]) => place.kind === 'area' && place.task === task)
  const { trap } = frame.past ?? NO_PAST
  const refused = step?.actor === task && trap?.errno && (trap.name === 'mmap') ? trap.errno : null
  const [, wouldBe] = areas.find(([id]) => id === `vma:${step?.call}`) ?? []
  const free = wouldBe?.kind === 'area' ? wouldBe.index : areas.findIndex(([id]) => !after.records.has(id))
  return (
    <g>
      {roomy && <Words x={strip.x} y={strip.y - 4} size={11} fill="var(--dim)">VMAs</Words>}
      <rect x={strip.x} y={strip.y} width={strip.w} height={strip.h} rx={4} fill="var(--kernel-ground)" stroke="var(--edge)" strokeWidth={1} />
      {areas.map(([id, place]) => {
        const [now, was] = [after.records.get(id), before.records.get(id)]
        const record = now ?? was
        if (!record || place.kind !== 'area') return null
        const box = areaBox(process, place.index)
        const attr = String(record['attr'])
        const label = `${permissions(record)} ${attr.toUpperCase()}`
        return (
          <Thing key={id} id={id} label={fill(SENTENCES.area, { start: hex(record['start'] as number), what: label })} box={{ ...box, y: box.y - 2, h: box.h + 4 }} radius={4} selected={frame.selected === id} differs={frame.differs.has(id)} opacity={now && !was ? t : undefined} onSelect={onSelect}>
            <rect x={box.x} y={box.y - 2} width={box.w} height={box.h + 4} rx={4} fill={now ? attrFill(attr, hue) : 'none'} stroke={now ? colour(hue) : 'var(--edge)'} strokeWidth={frame.differs.has(id) && now ? 2.25 : 1.5} strokeDasharray={now ? undefined : '3 3'} />
            {roomy && now && <Mono x={strip.x + strip.w} y={strip.y - 4} size={11} weight={600} anchor="end">{label}</Mono>}
          </Thing>
        )
      })}
      {refused && <Refused process={process} index={Math.max(0, free)} errno={refused} roomy={roomy} />}
    </g>
  )
}

/** Where the area would have been: dashed, with the errno in words. */
function Refused({ process, index, errno, roomy }: { process: ProcessBox; index: number; errno: string; roomy: boolean }) {
  const box = areaBox(process, index)
  return (
    <g>
      <rect x={box.x} y={box.y - 2} width={box.w} height={box.h + 4} rx={4} fill="var(--bad-ground)" stroke="var(--bad)" strokeWidth={1.75} strokeDasharray="5 3" />
      {roomy
        ? <Mono x={process.strip.x + process.strip.w} y={process.strip.y - 5} size={11} weight={650} anchor="end" fill="var(--bad)">{errno}</Mono>
        : <Mono x={index === 0 ? box.x + box.w + 4 : box.x - 4} y={box.y + box.h / 2 + 4} size={11} weight={650} anchor={index === 0 ? 'start' : 'end'} fill="var(--bad)">{errno}</Mono>}
    </g>
  )
}
