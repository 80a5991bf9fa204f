/**
 * Words for a step: the event's template, with names where the journal has ids.
 * `{field}` is a field of the event, `{actor}` who acts, `{line}` the program line where the event has none of its own; `{n#page|pages}` is the noun for a count.
 * A template `event:word` stands before `event` where a field has that word as its value or is an object of that kind; `:failed` marks an errno.
 */
import { LINE_SIZE, LINES_PER_PAGE, PAGE_SIZE } from '../base/brand.ts'
import { fill, holes } from '../base/fill.ts'
import type { Journal } from './run.ts'
import { SENTENCES } from './sentences.ts'
import type { AnyRecord, Snapshot } from './snapshot.ts'
import type { Step } from './step.ts'
import { kindOf, type Id } from './vocabulary.ts'

const KINDS: Readonly<Record<string, string>> = {
  gem: 'GEM object', dma_buf: 'dma-buf', drm_file: 'drm_file', attachment: 'attachment', vma: 'area', resv: 'reservation object', fence: 'fence', sync_file: 'sync file',
  fb: 'framebuffer', job: 'GPU job', memfd: 'memfd', udmabuf: 'udmabuf', heap_buffer: 'heap buffer', cma_heap_buffer: 'CMA heap buffer', vb2_queue: 'video queue', vb2_dc_buf: 'video buffer', vb2_dma_sg_buf: 'video buffer', ref: 'reference', pte: 'page-table entry', prog: 'program',
}

const isId = (value: unknown): value is Id => typeof value === 'string' && /^[a-z_]+:\S+$/.test(value)

/** A sentence in which objects stand by id, with their names instead. */
export function namesIn(text: string, snapshots: readonly Snapshot[]): string {
  const named = text.replace(/\b[a-z_]+:[\w.#]*\w/g, (id) => nameOf(id, snapshots))
  return `${named.charAt(0).toUpperCase()}${named.slice(1)}.`
}

/** `gem:A.3` is “GEM object A”: the letter says in whose call it was made. A second one of its kind keeps its whole key. */
export function nameOf(id: string, snapshots: readonly Snapshot[]): string {
  const kind = kindOf(id as Id)
  const key = id.slice(kind.length + 1)
  const record = snapshots.map((snapshot) => snapshot.records.get(id as Id)).find((found) => found !== undefined)
  const other = (held: unknown): string => (isId(held) ? nameOf(held, snapshots) : String(held ?? key))
  switch (kind) {
    case 'task': return String(record?.['name'] ?? key)
    case 'device': return key
    case 'crtc':
    case 'gpu_mmu':
    case 'io_table': return fill(SENTENCES[kind], { of: key })
    case 'mailbox':
    case 'letterbox': return fill(SENTENCES[kind], { of: nameOf(`task:${key}`, snapshots) })
    case 'drm_events': return fill(SENTENCES[kind], { of: other(record?.['drmFile']) })
    case 'attachment': return record ? fill(SENTENCES[kind], { of: other(record['device']) }) : 'the attachment'
    case 'bo': return "Mesa's buffer"
    case 'vma': return typeof record?.['start'] === 'number' ? fill(SENTENCES[kind], { of: hex(record['start']) }) : 'the area'
    case 'resv': return fill(SENTENCES[kind], { of: /^(gem|dma_buf)\./.test(key) ? nameOf(key.replace('.', ':'), snapshots) : key })
    case 'script': return 'the schedule'
    case 'kernel': return 'the kernel'
    case 'line': return fill(SENTENCES[kind], { of: Number(key) % LINES_PER_PAGE })
    case 'page': return 'a page of memory'
  }
  const letter = /^([A-Z]|p\d+)\./.exec(key)?.[1]
  const tag = letter ? ` ${taken(id, letter, record, snapshots) ? key : letter}` : ''
  if (kind === 'file') return `${record?.['kind'] === 'dmabuf' ? 'dma-buf file' : String(record?.['name'] ?? 'file')}${tag}`
  return `${KINDS[kind] ?? kind.replace(/_/g, ' ')}${tag || ` ${key}`}`
}

/** Whether an object of this kind that the same process made earlier has the short name already. */
function taken(id: string, letter: string, record: AnyRecord | undefined, snapshots: readonly Snapshot[]): boolean {
  const kind = kindOf(id as Id)
  for (const [earlier, each] of snapshots.at(-1)?.records ?? []) {
    if (earlier === id) return false
    if (earlier.startsWith(`${kind}:${letter}.`) && (kind !== 'file' || each['name'] === record?.['name'])) return true
  }
  return false
}

/** A record's name of a field as the kernel writes it: with underscores. */
export const kernelSpelling = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** More than a sentence can hold. */
const BYTES = /^[\da-f]{34,}$/
const hex = (value: number): string => `0x${value.toString(16)}`
const WORDS: Readonly<Record<string, string>> = { wb: 'cached', wc: 'write-combined', uc: 'uncached', cpu: 'CPU', gpu: 'GPU' }
/** Counts and sizes read as decimal however large they are. */
const COUNT = /bytes|count|pixels|len|size|needed|pages|entries|lines|number|handle|ino|frames/i

function show(value: unknown, name: string, journal: Journal | null, snapshots: readonly Snapshot[]): string {
  if (isId(value)) return nameOf(value, snapshots)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((each) => show(each, name, journal, snapshots)).join(name === 'flags' || name === 'prot' ? ' | ' : ', ')
  if (typeof value === 'number') {
    // A frame counts from the start of DRAM in the journal; readers know pages by their number in the whole machine.
    if (name === 'frame') return hex((journal?.header.firstPfn ?? 0) + value)
    // So does a line; its address says where it lies.
    if (name === 'line') return hex((journal?.header.firstPfn ?? 0) * PAGE_SIZE + value * LINE_SIZE)
    return !COUNT.test(name) && value >= 4096 ? hex(value) : String(value)
  }
  if (typeof value === 'string' && (name === 'attr' || value === 'cpu' || value === 'gpu')) return WORDS[value] ?? value
  if (name === 'counter') return kernelSpelling(String(value)).replace(/^pages_.*/, '$&_count')
  // Bytes that were read, in hex: the first of them tell what they are.
  if (typeof value === 'string' && BYTES.test(value)) return fill(SENTENCES.bytes, { first: value.slice(0, 16), count: value.length / 2 })
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value !== null && typeof value === 'object') return Object.entries(value).map(([part, of]) => `${part} ${show(of, part, journal, snapshots)}`).join(', ')
  return value === null || value === undefined ? 'none' : String(value)
}

/** The template that fits a step best. */
function templateOf(step: Step, says: Readonly<Record<string, string>>): string | undefined {
  const event: string = step.event
  const fields = step.fields as Readonly<Record<string, unknown>>
  const failed = typeof fields['errno'] === 'string' ? ':failed' : ''
  for (const value of Object.values(fields)) {
    const narrowed = typeof value === 'string' ? says[`${event}:${isId(value) ? kindOf(value) : value}${failed}`] : undefined
    if (narrowed) return narrowed
  }
  return says[`${event}${failed}`] ?? says[event]
}

/** A caption as text with `**bold**` and backticks for code. An event without a template shows its own name. */
export function captionOf(step: Step, says: Readonly<Record<string, string>>, journal: Journal | null, ...at: readonly Snapshot[]): string {
  const fields = step.fields as Readonly<Record<string, unknown>>
  const snapshots = journal ? [...at, castOf(journal)] : at
  const template = templateOf(step, says)
  if (!template) return `\`${String(step.event)}\` ${Object.entries(fields).map(([name, value]) => `${name} ${show(value, name, journal, snapshots)}`).join(', ')}`
  const text = holes(template, (name) => {
    if (name === 'actor') return show(step.actor, name, journal, snapshots)
    if (name === 'line' && !('line' in fields)) return lineOf(journal, step.call)
    return show(fields[name], name, journal, snapshots)
  }, (name) => fields[name] === 1)
  // A name at the start of a sentence; identifiers keep their spelling.
  const leads = /^\**\{(\w+)\}/.exec(template)?.[1]
  return leads === 'actor' || isId(fields[leads ?? '']) ? text.replace(NAME_FIRST, (_, bold: string, first: string) => bold + first.toUpperCase()) : text
}

const NAME_FIRST = /^(\**)(?!memfd|udmabuf|drm)([a-z])(?=[a-z]+ )/

function lineOf(journal: Journal | null, call: string): string {
  for (const { lines } of journal?.header.listing ?? []) for (const line of lines) if (line.key === call) return line.text.trim()
  return 'the call'
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
