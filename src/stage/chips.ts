/** Descriptors and handles: small numbers that a process holds, each with one place in its row. */
import { fill } from '../base/fill.ts'
import type { AnyRecord } from '../journal/snapshot.ts'
import { kindOf, type Id } from '../journal/vocabulary.ts'
import { letterOf } from './hue.ts'
import { SENTENCES } from './sentences.ts'

export interface ChipPlace {
  /** `fd 4`, or `drm_file:A.1 handle 1`: holder and slot of the reference it stands for. */
  readonly key: string
  readonly number: number
  readonly holder: Id
  /** The longest that is ever written in it. */
  readonly first: string
  readonly second: string
}

export const MODES = ['O_RDONLY', 'O_WRONLY', 'O_RDWR'] as const

/** `card0`, `dma-buf`: as people say it. */
export const fileName = (record: AnyRecord | undefined): string => {
  const name = String(record?.['name'] ?? '')
  return name === 'dmabuf' ? 'dma-buf' : name
}

export function modeOf(record: AnyRecord | undefined): string {
  const mode = record?.['fmode'] as { read: boolean; write: boolean } | undefined
  return mode?.write ? (mode.read ? 'O_RDWR' : 'O_WRONLY') : 'O_RDONLY'
}

/** The chips that a change brings, with the process they belong to. */
export function chipOf(id: Id, field: string | null, to: unknown, records: ReadonlyMap<Id, AnyRecord>): [Id, ChipPlace][] {
  const kind = kindOf(id)
  const value = field === null ? (to as AnyRecord)[kind === 'task' ? 'fds' : 'handles'] : to
  if (!value || typeof value !== 'object') return []
  if (kind === 'task' && field !== 'handles')
    return Object.entries(value as Readonly<Record<string, { file: Id }>>).map(([number, { file }]) => [
      id, { key: `fd ${number}`, number: Number(number), holder: id, first: `${number} ${fileName(records.get(file))}`, second: 'O_RDONLY' },
    ])
  if (kind === 'drm_file' && field !== 'fds')
    return Object.keys(value).map((number) => [
      `task:${letterOf(id)}`, { key: `${id} handle ${number}`, number: Number(number), holder: id, first: fill(SENTENCES.handle, { number }), second: fill(SENTENCES.ofNode, { node: nodeOf(id, records) }) },
    ])
  return []
}

const nodeOf = (drmFile: Id, records: ReadonlyMap<Id, AnyRecord>): string => {
  for (const [, record] of records) if (record['priv'] === drmFile) return fileName(record).replace('renderD', 'D')
  return 'drm_file'
}
