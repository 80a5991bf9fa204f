/**
 * Every object's one place, given out once per comparison in order of first appearance: journal by journal, so that what
 * has a place keeps it while runs still stream in. Places are cells, not pixels: layout.ts turns them into boxes of any size.
 * An object that goes leaves its cell empty. A column that is full shows the rest as one chip, which has a cell of its own.
 */
import type { Journal } from '../journal/run.ts'
import type { AnyRecord } from '../journal/snapshot.ts'
import { kindOf, type Id } from '../journal/vocabulary.ts'
import { letterOf } from './hue.ts'
import { chipOf, type ChipPlace } from './chips.ts'
import { givePorts, type Port } from './ports.ts'

export interface Box { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

/** Columns of the kernel floor: the exporter's objects, those of the core, the importer's. */
export type Column = 0 | 1 | 2
const TOKENS = 4
/** The cell of the chip that stands for all that found no room. */
export const MORE = TOKENS - 1

export type Place =
  | { readonly kind: 'card'; readonly column: Column }
  | { readonly kind: 'token'; readonly column: Column; readonly index: number }
  /** Docked to a card: attachments to their dma_buf. `shared`: at some time another is docked beside it. */
  | { readonly kind: 'tab'; readonly of: Id; readonly index: number; readonly shared: boolean }
  /** In the address space of a process. */
  | { readonly kind: 'area'; readonly task: Id; readonly index: number }

export interface ProcessPlace { readonly task: Id<'task'>; readonly letter: string; readonly name: string }

export interface Places {
  readonly processes: readonly ProcessPlace[]
  readonly cells: ReadonlyMap<Id, Place>
  /** Objects that are drawn as a part of another: a drm_file in its open file, the file of a dma_buf in the dma_buf. */
  readonly homes: ReadonlyMap<Id, Id>
  /** Descriptors and handles of each process, in order. */
  readonly chips: ReadonlyMap<Id, readonly ChipPlace[]>
  /** Where the arrow of a reference leaves, runs and enters, by portKey. */
  readonly ports: ReadonlyMap<string, Port>
}

export const NOWHERE: Places = { processes: [], cells: new Map(), homes: new Map(), chips: new Map(), ports: new Map() }

export const homeOf = (places: Places, id: Id): Id => places.homes.get(id) ?? id

/** What stands behind the dma-bufs of exporters that are no DRM drivers. */
const BUFFERS: readonly string[] = ['heap_buffer', 'cma_heap_buffer', 'udmabuf', 'vb2_dc_buf', 'vb2_dma_sg_buf']

/** Kinds that the kernel floor shows. Others are seen in the inspector, or are the hardware's. */
const TOKEN_KINDS: ReadonlySet<string> = new Set(['file', 'resv', 'fence', 'sync_file', 'fb', 'mailbox', 'job', 'memfd', ...BUFFERS])

export function placesOf(journals: readonly Journal[]): Places {
  const cells = new Map<Id, Place>()
  const homes = new Map<Id, Id>()
  const chips = new Map<Id, ChipPlace[]>()
  const records = new Map<Id, AnyRecord>()
  const processes: ProcessPlace[] = []
  // Of one run at a time: what stands in the same place on two benches is in no one's way.
  const cards = new Set<Column>()
  const taken = [new Set<number>(), new Set<number>(), new Set<number>()] as const
  const count = new Map<string, number>()
  const next = (of: string): number => {
    const now = count.get(of) ?? 0
    count.set(of, now + 1)
    return now
  }
  const first = journals[0]?.header

  const columnOf = (id: Id, record: AnyRecord): Column => {
    const kind = kindOf(id)
    if (kind === 'gem') return record['memory'] !== 'import' && record['device'] === first?.devices[0]?.id ? 0 : 2
    if (kind === 'file' && record['kind'] === 'drm') return letterOf(id) === first?.listing[0]?.letter ? 0 : 2
    if (kind === 'fb' || BUFFERS.includes(kind)) return 0
    if (kind === 'job') return 2
    return 1
  }
  const token = (id: Id, column: Column): void => {
    let index = 0
    while (index < MORE && taken[column].has(index)) index++
    taken[column].add(index)
    cells.set(id, { kind: 'token', column, index })
  }

  const born = (id: Id, record: AnyRecord): void => {
    const kind = kindOf(id)
    if (kind === 'file' && record['kind'] === 'dmabuf') return
    if (kind === 'drm_file' || cells.has(id)) return
    if (kind === 'gem' || kind === 'dma_buf') {
      const column = columnOf(id, record)
      if (cards.has(column)) return token(id, column)
      cards.add(column)
      cells.set(id, { kind: 'card', column })
    } else if (kind === 'attachment') cells.set(id, { kind: 'tab', of: record['dmaBuf'] as Id, index: next(`tab:${String(record['dmaBuf'])}`), shared: false })
    else if (kind === 'vma') cells.set(id, { kind: 'area', task: record['task'] as Id, index: next(`area:${String(record['task'])}`) })
    else if (TOKEN_KINDS.has(kind)) token(id, columnOf(id, record))
  }

  const docked = new Set<Id>()
  const dock = (id: Id): void => {
    docked.add(id)
    const { of } = cells.get(id) as Place & { kind: 'tab' }
    const beside = [...docked].map((each) => [each, cells.get(each)!] as const).filter(([, place]) => place.kind === 'tab' && place.of === of)
    if (beside.length > 1) for (const [each, place] of beside) cells.set(each, { ...place, shared: true } as Place)
  }

  /** Of those places of other runs what this run has as well. */
  const keepPlaces = (steps: Journal['steps']): void => {
    cards.clear()
    for (const column of taken) column.clear()
    for (const { changes } of steps) for (const { id, field } of changes) {
      const place = field === null ? cells.get(id) : undefined
      if (place?.kind === 'card') cards.add(place.column)
      if (place?.kind === 'token') taken[place.column].add(place.index)
    }
  }

  for (const { header, steps } of journals) {
    docked.clear()
    keepPlaces(steps)
    for (const { task, letter, process } of header.listing) if (!processes.some((each) => each.task === task)) processes.push({ task: task as Id<'task'>, letter, name: process })
    for (const step of steps) {
      for (const { id, field, to } of step.changes) {
        if (field === null && to === undefined) docked.delete(id)
        if (field === null && to !== undefined) {
          const record = to as AnyRecord
          if (!records.has(id)) records.set(id, record)
          born(id, record)
          if (kindOf(id) === 'attachment') dock(id)
          if (kindOf(id) === 'dma_buf') homes.set(record['file'] as Id, id)
          if (kindOf(id) === 'file' && record['kind'] === 'drm' && record['priv']) homes.set(record['priv'] as Id, id)
        }
        if (to !== undefined && (field === 'fds' || field === 'handles' || field === null)) for (const [task, chip] of chipOf(id, field, to, records)) {
          const row = chips.get(task) ?? []
          chips.set(task, row)
          const at = row.findIndex((each) => each.key === chip.key)
          if (at < 0) row.push(chip)
          else if (chip.first.length > row[at]!.first.length) row[at] = { ...row[at]!, first: chip.first }
        }
      }
    }
  }
  return { processes, cells, homes, chips, ports: givePorts(journals, cells, homes) }
}
