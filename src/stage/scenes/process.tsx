/** The processes: the program that runs, the numbers it holds, the addresses it may touch. */
import { fill } from '../../base/fill.ts'
import { BOUNDARY } from '../../journal/step.ts'
import type { AnyRecord } from '../../journal/snapshot.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { fileName, modeOf } from '../chips.ts'
import { Chip } from '../glyphs/chip.tsx'
import { Badge, Sheet } from '../glyphs/card.tsx'
import { Kept, sameRecord } from '../glyphs/kept.tsx'
import { Lines } from '../glyphs/listing.tsx'
import { Space } from '../glyphs/space.tsx'
import { Mono, Words, wordsWidth } from '../glyphs/text.tsx'
import { Thing } from '../glyphs/thing.tsx'
import type { Frame } from '../frame.ts'
import { hueOfTask, look } from '../hue.ts'
import type { ChipBox, ProcessBox } from '../layout/user.ts'
import { NO_PAST, refuses } from '../past.ts'
import { layoutsOf } from '../references.ts'
import { scene, type SceneProps } from '../scene.ts'
import { SENTENCES } from '../sentences.ts'
import { shortCall } from '../words.ts'

export default scene({
  id: 'process',
  title: 'Processes',
  floor: 'user',
  draw: (props) => {
    const { user } = layoutsOf(props.frame, props.floors, props.compact)
    const { frame, floors, compact, onSelect } = props
    return user.processes.map((process) => (
      <Kept
        key={process.task} of={[frame.header, frame.places, frame.selected, floors, compact, onSelect, ...standing(frame, process)]}
        draw={() => <Process {...props} process={process} roomy={user.roomy || compact} />}
      />
    ))
  },
})

/** All that the drawing of a process depends on besides its place. What it gets or gives back in the step moves. */
function standing(frame: Frame, { task, chips }: ProcessBox): readonly unknown[] {
  const { header, places, before, after, step, t, differs } = frame
  const states = (frame.past ?? NO_PAST).lines
  const lines = header.listing.find((each) => each.task === task)?.lines ?? []
  const numbers = chips.map((chip) => [chip, held(before.records, chip), held(after.records, chip)] as const)
  const areas = [...places.cells].flatMap(([id, place]) => (place.kind === 'area' && place.task === task ? [id] : []))
  const moves = numbers.some(([, was, now]) => was !== now) || areas.some((id) => !sameRecord(before.records.get(id), after.records.get(id)))
  return [
    step?.actor === task ? step : null, after.records.get(task)?.['state'], after.records.get(task)?.['ended'], lines.map(({ key }) => states.get(key)?.state).join(), moves ? t : 1, moves ? step : null,
    ...numbers.flatMap(([chip, , now]) => [now, now && after.records.get(now), now !== undefined && differs.has(now), differs.has(`ref:${chip.holder}/handle ${chip.number}`)]), ...areas.flatMap((id) => [after.records.get(id), differs.has(id)]),
  ]
}

function Process({ frame, compact, onSelect, process, roomy }: SceneProps & { process: ProcessBox; roomy: boolean }) {
  const { header, after, step } = frame
  const { lines: states, trap } = frame.past ?? NO_PAST
  const { box, task, letter, name } = process
  const hue = hueOfTask(header, letter)
  const record = look(after, task)
  const lines = header.listing.find((each) => each.task === task)?.lines ?? []
  const acting = step?.actor === task
  const running = acting ? lines.findIndex((line) => line.key === step.call) : -1
  const last = lines.findLastIndex((line) => states.has(line.key))
  // Before its first line a process has none to show more of.
  const focus = running >= 0 ? running : last
  const boundary = step && acting ? step.stack.indexOf(BOUNDARY) : -1
  const functions = step && acting ? (boundary < 0 ? step.stack : step.stack.slice(0, boundary)) : []
  const below = running < 0 ? [] : [...functions, ...(trap ? [shortCall(trap.text)] : [])]
  const ended = states.get(lines[focus]?.key ?? '')
  const state = !record ? 'not started' : record.ended ? fill(SENTENCES.ended, { how: record.ended }) : record.state === 'blocked' ? 'sleeps' : ''
  const pad = process.listing.box.x + 5
  const title = roomy ? 15 : 12.5
  const refused = Boolean(step && acting && refuses(step))
  return (
    <g>
      <Thing id={task} label={fill(state ? SENTENCES.processThat : SENTENCES.process, { name, pid: record?.pid ?? 'none', state })} box={box} radius={8} selected={frame.selected === task} differs={false} onSelect={onSelect}>
        <Sheet box={box} hue={hue} accent={acting} radius={8} bar={roomy ? 6 : 4} />
        <Words x={pad} y={box.y + (roomy ? 21 : 14)} size={title} weight={650}>{name}</Words>
        <Mono x={pad + wordsWidth(name, title, 650) + 10} y={box.y + (roomy ? 21 : 14)} size={roomy ? 12 : 11} fill="var(--dim)">{fill(state ? SENTENCES.pidThat : SENTENCES.pid, { pid: record?.pid ?? '–', state })}</Mono>
        <Badge x={box.x + box.w - (roomy ? 19 : 13)} y={box.y + (roomy ? 17 : 11)} letter={letter} hue={hue} r={roomy ? 10 : 7.5} />
      </Thing>
      <g role="list" aria-label={fill(SENTENCES.programOf, { name })}>
        <Lines layout={process.listing} lines={lines} states={states} focus={focus} active={running >= 0} hue={hue} below={below.length > 0 ? below : ended ? [ended.said] : []} selected={frame.selected} onSelect={onSelect} />
      </g>
      <Rest frame={frame} chips={process.chips.filter((chip) => chip.more)} hue={hue} onSelect={onSelect} />
      {process.chips.filter((chip) => !chip.more).map((chip) => <Numbered key={chip.key} frame={frame} chip={chip} hue={hue} refused={refused} onSelect={onSelect} />)}
      <Space frame={frame} process={process} hue={hue} roomy={roomy && !compact} onSelect={onSelect} />
    </g>
  )
}

/** A descriptor or a handle, if the process has it now, or had it until this step. */
function Numbered({ frame, chip, hue, refused, onSelect }: Pick<SceneProps, 'frame' | 'onSelect'> & { chip: ChipBox; hue: ReturnType<typeof hueOfTask>; refused: boolean }) {
  const [now, was] = [held(frame.after.records, chip), held(frame.before.records, chip)]
  const target = now ?? was
  if (!target) return null
  const { t, step } = frame
  const record = (now ? frame.after : frame.before).records.get(target)
  const isFd = chip.key.startsWith('fd ')
  const mode = modeOf(record)
  const named = refused && step !== null && Object.values(step.fields).includes(target)
  const id = isFd ? target : chip.holder
  const short = isFd ? (record?.['kind'] === 'dmabuf' ? `${chip.number} ${mode === 'O_RDONLY' ? 'RO' : mode === 'O_RDWR' ? 'RW' : 'WO'}` : `${chip.number} ${fileName(record).replace(/^.*\//, '').replace('renderD', 'D')}`) : `h${chip.number}`
  return (
    <Chip
      id={id} label={isFd ? fill(SENTENCES.descriptor, { number: chip.number, file: fileName(record), mode }) : `${chip.first} ${chip.second}`}
      box={chip.box} first={chip.short ? short : isFd ? `${chip.number} ${fileName(record)}` : chip.first} second={chip.short ? '' : isFd ? mode : chip.second}
      tone={named ? 'bad' : isFd && record?.['kind'] === 'dmabuf' ? (mode === 'O_RDONLY' ? 'read' : 'write') : 'plain'} hue={hue}
      gone={!now} opacity={now && !was ? t : undefined} selected={frame.selected === id} differs={isFd ? record?.['kind'] === 'dmabuf' && frame.differs.has(target) : frame.differs.has(`ref:${chip.holder}/handle ${chip.number}`)} onSelect={onSelect}
    />
  )
}

/** Numbers that found no room, as one. */
function Rest({ frame, chips, hue, onSelect }: Pick<SceneProps, 'frame' | 'onSelect'> & { chips: readonly ChipBox[]; hue: ReturnType<typeof hueOfTask> }) {
  const now = chips.filter((chip) => held(frame.after.records, chip))
  const [first] = now
  if (!first) return null
  return (
    <Chip
      id={first.holder} label={fill(SENTENCES.more, { count: now.length, things: now.map((chip) => chip.first).join(', ') })} box={first.box} first={`+${now.length}`} second=""
      tone="plain" hue={hue} gone={false} opacity={undefined} selected={false} differs={false} onSelect={onSelect}
    />
  )
}

function held(records: ReadonlyMap<Id, AnyRecord>, chip: ChipBox): Id | undefined {
  const holder = records.get(chip.holder)
  if (chip.key.startsWith('fd ')) return (holder?.['fds'] as Readonly<Record<number, { file: Id }>> | undefined)?.[chip.number]?.file
  return (holder?.['handles'] as Readonly<Record<number, Id | null>> | undefined)?.[chip.number] ?? undefined
}
