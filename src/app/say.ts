/** Words for a step: the event's template, with names where the journal has ids. */
import type { Journal } from '../journal/run.ts'
import type { AnyRecord, Snapshot } from '../journal/snapshot.ts'
import type { Step } from '../journal/step.ts'
import { kindOf, type Id } from '../journal/vocabulary.ts'

const KINDS: Readonly<Record<string, string>> = {
  gem: 'GEM object', dma_buf: 'dma-buf', drm_file: 'drm_file', attachment: 'attachment', vma: 'area', resv: 'reservation object', fence: 'fence',
  sync_file: 'sync file', fb: 'framebuffer', crtc: 'display controller', gpu_mmu: 'GPU MMU', job: 'GPU job', memfd: 'memfd', ref: 'reference', pte: 'page-table entry',
}

const isId = (value: unknown): value is Id => typeof value === 'string' && /^[a-z_]+:\S+$/.test(value)

/** `gem:A.3` is “GEM object A”: the letter says in whose call it was made. */
export function nameOf(id: string, snapshots: readonly Snapshot[]): string {
  const kind = kindOf(id as Id)
  const key = id.slice(kind.length + 1)
  const record = snapshots.map((snapshot) => snapshot.records.get(id as Id)).find((found) => found !== undefined)
  if (kind === 'task') return String(record?.['name'] ?? key)
  if (kind === 'device') return key
  const letter = /^([A-Z]|p\d+)\./.exec(key)?.[1]
  if (kind === 'file') return `${record?.['kind'] === 'dmabuf' ? 'dma-buf file' : String(record?.['name'] ?? 'file')}${letter ? ` ${letter}` : ''}`
  const label = KINDS[kind]
  if (!label) return id
  return letter ? `${label} ${letter}` : label
}

function show(value: unknown, name: string, snapshots: readonly Snapshot[]): string {
  if (isId(value)) return nameOf(value, snapshots)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((each) => show(each, name, snapshots)).join(name === 'flags' || name === 'prot' ? ' | ' : ', ')
  if (typeof value === 'number' && /addr|start|end|pgd|phys|pa$|va$|at$/i.test(name) && value >= 4096) return `0x${value.toString(16)}`
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value !== null && typeof value === 'object') return JSON.stringify(value)
  return value === null || value === undefined ? 'none' : String(value)
}

/** A caption as plain text with `**bold**` and backticks for code. An event without a template shows its own name. */
export function captionOf(step: Step, says: Readonly<Record<string, string>>, ...snapshots: readonly Snapshot[]): string {
  const fields = step.fields as Readonly<Record<string, unknown>>
  const template = says[step.event]
  if (template) return template.replace(/\{(\w+)\}/g, (_, name: string) => show(fields[name], name, snapshots))
  return `\`${String(step.event)}\` ${Object.entries(fields).map(([name, value]) => `${name} ${show(value, name, snapshots)}`).join(', ')}`
}

export const plainText = (rich: string): string => rich.replace(/\*\*|`/g, '')

const casts = new WeakMap<Journal, { length: number; records: Map<Id, AnyRecord> }>()

/** Every object that a run ever makes, as it was made: enough to name it at any step. */
export function castOf(journal: Journal): Snapshot {
  const known = casts.get(journal) ?? { length: 0, records: new Map() }
  casts.set(journal, known)
  for (; known.length < journal.steps.length; known.length++)
    for (const { id, field, to } of journal.steps[known.length]!.changes) if (field === null && to !== undefined && !known.records.has(id)) known.records.set(id, to as AnyRecord)
  return { records: known.records, words: {} }
}
