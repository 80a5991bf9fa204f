/**
 * The fields of an object as the kernel's own structures call them, and its flags bit by bit. A record's name that is the kernel's in
 * camelCase needs no line here: it is spelled with underscores.
 */
import { PAGE_SIZE } from '../../base/brand.ts'
import { kernelSpelling } from '../../journal/say.ts'
import type { AnyRecord } from '../../journal/snapshot.ts'
import { kindOf, type Id } from '../../journal/vocabulary.ts'
import { hex } from '../words.ts'

export interface Field { readonly name: string; readonly value: string; /** It is another than before the step. */ readonly changed: boolean; /** Nothing is there: null, 0 references, an empty list. */ readonly empty: boolean }
export interface Bit { readonly name: string; readonly set: boolean }

const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  gem: { device: 'dev', sizeBytes: 'size', pagesUse: 'pages_use_count', pagesPin: 'pages_pin_count', offset: 'vma_node.start', allow: 'vma_node.vm_files', dmaAddr: 'dma address', gpuVa: 'GPU address', attr: 'mapped as' },
  dma_buf: { sizeBytes: 'size', ino: 'inode' },
  file: { fmode: 'f_mode', flags: 'f_flags', fCount: 'f_count', pos: 'f_pos', priv: 'private_data' },
  attachment: { dmaBuf: 'dmabuf', device: 'dev' },
  vma: { task: 'vm_mm of', start: 'vm_start', end: 'vm_end', flags: 'vm_flags', attr: 'vm_page_prot', pgoff: 'vm_pgoff', file: 'vm_file', ops: 'vm_ops', priv: 'vm_private_data' },
  fb: { device: 'dev', gem: 'obj[0]', pitch: 'pitches[0]', owner: 'file_priv', number: 'base.id' },
}

/** What a field of a record is called in the kernel. */
export const kernelName = (kind: string, field: string): string => NAMES[kind]?.[field] ?? kernelSpelling(field)

/** What is said first, where there is no room for all. */
const FIRST: Readonly<Record<string, readonly string[]>> = {
  gem: ['refcount', 'handleCount', 'sizeBytes', 'offset', 'allow', 'dmaBuf', 'importAttach', 'pages', 'pagesUse', 'sgt', 'dmaAddr', 'attr', 'resv', 'device'],
  dma_buf: ['sizeBytes', 'expName', 'priv', 'attachments', 'resv', 'ino'],
  file: ['fmode', 'fCount', 'flags', 'name', 'priv'],
}
/** Said by where the thing stands. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = { dma_buf: ['named', 'file'], file: ['kind'] }

const ADDRESSES = /^(start|end|dmaAddr|gpuVa|ttbr0)$/

/** A frame number as the kernel counts pages. */
export function shortValue(field: string, value: unknown, firstPfn: number): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number') return ADDRESSES.test(field) ? hex(value) : field === 'offset' ? hex(value * PAGE_SIZE) : String(value)
  if (typeof value !== 'object') return String(value)
  if (field === 'fmode') return Object.entries(value).filter(([, is]) => is).map(([name]) => name.toUpperCase()).join('|')
  if (Array.isArray(value)) {
    if (value.length === 0) return 'empty'
    if (field === 'pages' || field === 'filp') return (value as readonly number[]).map((page) => (page < 0 ? '–' : hex(firstPfn + page))).join(' ')
    if (field === 'sgt') return (value as readonly { page: number | null; len: number; dma: number | null }[]).map(({ page, len, dma }) => `${page === null ? 'no page' : hex(firstPfn + page)}+${len}${dma === null ? '' : `→${hex(dma)}`}`).join(' ')
    return value.map((each) => shortValue('', each, firstPfn)).join(' ')
  }
  const parts = Object.entries(value as AnyRecord)
  if (parts.length === 0) return 'empty'
  return parts.map(([key, each]) => (each === true ? key : each === false ? '' : `${key}${key.includes(':') ? '×' : ' '}${shortValue(key, each, firstPfn)}`)).filter((part) => part !== '').join(' ')
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === 0 || value === '' || value === false || (typeof value === 'object' && Object.keys(value).length === 0)

/** Those that say something come before those that are empty, within the order that matters. */
export function fieldsOf(id: Id, record: AnyRecord, was: AnyRecord | undefined, firstPfn: number): Field[] {
  const kind = kindOf(id)
  const first = FIRST[kind] ?? []
  const names = [...first.filter((name) => name in record), ...Object.keys(record).filter((name) => !first.includes(name))].filter((name) => !LEFT_OUT[kind]?.includes(name))
  const all = names.map((name): Field => ({
    name: kernelName(kind, name), value: shortValue(name, record[name], firstPfn), empty: isEmpty(record[name]),
    changed: was !== undefined && shortValue(name, was[name], firstPfn) !== shortValue(name, record[name], firstPfn),
  }))
  return [...all.filter(({ empty, changed }) => !empty || changed), ...all.filter(({ empty, changed }) => empty && !changed)]
}

/** vm_flags by the codes of /proc/PID/smaps, in the order of their bits. */
const VM_FLAGS: readonly (readonly [code: string, name: string])[] = [
  ['rd', 'READ'], ['wr', 'WRITE'], ['ex', 'EXEC'], ['sh', 'SHARED'], ['mr', 'MAYREAD'], ['mw', 'MAYWRITE'], ['me', 'MAYEXEC'], ['ms', 'MAYSHARE'], ['pf', 'PFNMAP'], ['lo', 'LOCKED'], ['io', 'IO'], ['dc', 'DONTCOPY'], ['de', 'DONTEXPAND'], ['dd', 'DONTDUMP'], ['mm', 'MIXEDMAP'],
]

/** The mode that mappings are checked against, or what a mapping may do: each with its bit; empty for what has none. */
export function bitsOf(id: Id, record: AnyRecord): { readonly name: string; readonly bits: readonly Bit[] } | null {
  const kind = kindOf(id)
  if (kind === 'file') {
    const { read, write } = record['fmode'] as { read: boolean; write: boolean }
    return { name: 'f_mode', bits: [{ name: 'READ', set: read }, { name: 'WRITE', set: write }] }
  }
  if (kind !== 'vma') return null
  const flags = record['flags'] as readonly string[]
  return { name: 'vm_flags', bits: VM_FLAGS.map(([code, name]) => ({ name, set: flags.includes(code) })) }
}
