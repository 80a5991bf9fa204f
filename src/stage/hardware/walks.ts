/**
 * Which walk a frame is about, and what it finds: the CPU's for a process and an address, the GPU's for an address of its own. Entries are
 * read from the words of the snapshot as the walker itself would read them; the TLB's copy is held beside them.
 */
import { equal as same, type U64 } from '../../base/bits.ts'
import { LINE_SIZE, PAGE_SIZE } from '../../base/brand.ts'
import { CPU_LINE, DIRTY } from '../../journal/areas.ts'
import { decodeArm64 } from '../../journal/descriptors-arm64.ts'
import { decodeMali } from '../../journal/descriptors-mali.ts'
import { all, type Snapshot } from '../../journal/snapshot.ts'
import type { Id, Kind } from '../../journal/vocabulary.ts'
import { tlbEntry, walkerTables } from '../../journal/tables.ts'
import { entryIn, leafForPage, walk, walkIndices, type DescriptorField, type TableFormat, type Walk } from '../../journal/walk.ts'
import type { Frame } from '../frame.ts'

/** Whose tables, and for which address. */
export type Subject = { readonly who: 'cpu'; readonly task: Id; readonly addr: number } | { readonly who: 'gpu'; readonly mmu: Id; readonly addr: number }

export interface WalkView {
  readonly who: 'cpu' | 'gpu'
  /** The process or the device. */
  readonly owner: string
  readonly letter: string
  readonly addr: number
  readonly indices: readonly number[]
  readonly offset: number
  readonly root: number
  readonly walk: Walk
  readonly format: TableFormat
  /** The fields of the last entry that was read. */
  readonly fields: readonly DescriptorField[]
  /** What the TLB remembers of the page; null: nothing. */
  readonly tlb: U64 | null
  /** That, field by field. */
  readonly tlbFields: readonly DescriptorField[] | null
  /** Whether it would still be found by a walk now. */
  readonly current: boolean
  /** What the CPU's cache holds, dirty, where the walk ends in memory without an entry: what the driver wrote and nobody cleaned; null: nothing else. */
  readonly unseen: 'table' | 'leaf' | null
  /** Reads an entry as this walker gets it. */
  readonly read: (at: number) => U64
}

interface TaskRecord { readonly name: string; readonly letter: string; readonly ttbr0: number | null; readonly asid: number }
interface MmuRecord { readonly device: Id; readonly transtab: number; readonly memattr: number }
type Seen = Pick<Frame, 'header' | 'after' | 'step'>

const record = <T>(snapshot: Snapshot, id: Id): T | undefined => snapshot.records.get(id) as T | undefined
const list = <T>(snapshot: Snapshot, kind: string): [Id, T][] => all(snapshot, kind as Kind) as unknown as [Id, T][]

const bytesOf = (value: number): number[] => [0, 1, 2, 3].map((i) => Math.floor(value / 256 ** i) % 256)

/** All besides words that a walk depends on: whose it is, the address, the registers. */
export function tablesOf({ after }: Seen, subject: Subject | null): readonly unknown[] {
  if (subject === null) return [null]
  if (subject.who === 'gpu') {
    const mmu = record<MmuRecord>(after, subject.mmu)
    return ['gpu', subject.addr, subject.mmu, mmu?.transtab, mmu?.memattr, mmu?.device]
  }
  const task = record<TaskRecord>(after, subject.task)
  return ['cpu', subject.addr, subject.task, task?.ttbr0, task?.asid, task?.name, task?.letter, mairOf(after)]
}

const mairOf = (snapshot: Snapshot): readonly number[] | undefined => record<{ mair?: readonly number[] }>(snapshot, 'kernel:0')?.mair

export function walkView({ header, after }: Seen, subject: Subject): WalkView | null {
  const { addr } = subject
  const tables = walkerTables(header, after, { who: subject.who, owner: subject.who === 'cpu' ? subject.task : subject.mmu, addr })
  if (!tables) return null
  const { format, root, area, space, snoops } = tables
  const dirtyCopy = (at: number, level: number): 'table' | 'leaf' | null => {
    const line = Math.floor((at - header.firstPfn * PAGE_SIZE) / LINE_SIZE)
    const kind = after.words[CPU_LINE]?.[line] === DIRTY ? format.kindOf(entryIn(after, header.firstPfn, at, 'cpu'), level) : 'invalid'
    return kind === 'invalid' ? null : kind
  }
  const finish = (owner: string, letter: string, decode: (entry: U64, level: number) => DescriptorField[]): WalkView => {
    const read = (at: number): U64 => entryIn(after, header.firstPfn, at, snoops ? 'cpu' : 'memory')
    const found = walk(format, root, addr, read)
    const last = found.steps.at(-1)!
    const tlb = tlbEntry(after, area, space, addr)
    const leaf = leafForPage(format, found, addr)
    return { who: subject.who, owner, letter, addr, ...walkIndices(addr), root, walk: found, format, fields: decode(last.entry, last.level), tlb, tlbFields: tlb && decode(tlb, LAST), current: tlb === null || (leaf !== undefined && same(tlb, leaf)), unseen: found.phys === null ? dirtyCopy(last.at, last.level) : null, read }
  }
  if (subject.who === 'cpu') {
    const task = record<TaskRecord>(after, subject.task)!
    const mair = mairOf(after) ?? []
    return finish(task.name, task.letter, (entry, level) => decodeArm64(entry, level, mair))
  }
  const mmu = record<MmuRecord>(after, subject.mmu)!
  const title = header.devices.find(({ id }) => id === mmu.device)?.driver ?? 'GPU'
  return finish(title, 'GPU', (entry, level) => decodeMali(entry, level, bytesOf(mmu.memattr)))
}

/** Events that are about the CPU's tables, the GPU's, or a TLB. */
const ABOUT_CPU = /^(fault\.|pte\.|pgtable\.alloc|walk\.cpu)/
const ABOUT_GPU = /^(walk\.gpu|iopt\.|mmu\.fault|as\.command|job\.fault)/

interface Fields { readonly task?: Id; readonly addr?: number; readonly gpuVa?: number; readonly mmu?: Id; readonly agent?: string; readonly space?: number }

/** The walk that the step itself is about; null: none. */
export function subjectOfStep({ after, step }: Seen): Subject | null {
  if (!step) return null
  const event: string = step.event
  const { task, addr, gpuVa, mmu, agent, space } = step.fields as Fields
  const gpu = mmu ?? list<MmuRecord>(after, 'gpu_mmu')[0]?.[0]
  if (ABOUT_GPU.test(event) || (event.startsWith('tlb.') && agent === 'gpu')) {
    const at = gpuVa ?? addr ?? 0
    // A command for a whole address space is about none of its pages.
    return gpu && at > 0 ? { who: 'gpu', mmu: gpu, addr: at } : null
  }
  if (!ABOUT_CPU.test(event) && !(event.startsWith('tlb.') && agent === 'cpu')) return null
  const owner = task ?? (space === undefined ? step.actor : list<TaskRecord>(after, 'task').find(([, each]) => each.asid === space)?.[0])
  return owner && addr !== undefined ? { who: 'cpu', task: owner as Id, addr } : null
}

interface VmaRecord { readonly task: Id; readonly start: number; readonly file: Id | null }

/** Where buffers are mapped: by the process that acts if it maps one, else by the last that does. */
export function cpuSubject(seen: Seen): Subject | null {
  const own = subjectOfStep(seen)
  if (own?.who === 'cpu') return own
  const mapped = list<VmaRecord>(seen.after, 'vma').filter(([, vma]) => vma.file !== null)
  const vma = mapped.findLast(([, each]) => each.task === seen.step?.actor) ?? mapped.at(-1)
  return vma ? { who: 'cpu', task: vma[1].task, addr: vma[1].start } : null
}

export function gpuSubject(seen: Seen): Subject | null {
  const own = subjectOfStep(seen)
  if (own?.who === 'gpu') return own
  const mmu = list<MmuRecord>(seen.after, 'gpu_mmu')[0]
  const { gpuVa } = (seen.step && /^job\.(read|write)$/.test(seen.step.event) ? seen.step.fields : {}) as Fields
  if (mmu && gpuVa !== undefined) return { who: 'gpu', mmu: mmu[0], addr: gpuVa }
  const gem = list<{ gpuVa: number | null }>(seen.after, 'gem').find(([, each]) => each.gpuVa !== null)
  return mmu && gem ? { who: 'gpu', mmu: mmu[0], addr: gem[1].gpuVa! } : null
}

/** The walks that a selected object is about: of an area, a buffer, a process, an MMU. */
export function subjectsOf(seen: Seen, id: Id): Subject[] {
  const { after } = seen
  const vmas = list<VmaRecord & { priv: Id | null }>(after, 'vma')
  const cpu = (chosen: typeof vmas): Subject[] => chosen.map(([, vma]) => ({ who: 'cpu', task: vma.task, addr: vma.start }))
  const gpu = (gems: readonly (readonly [Id, { gpuVa: number | null; device: Id }])[]): Subject[] => gems.flatMap(([, gem]) => {
    const mmu = list<MmuRecord>(after, 'gpu_mmu').find(([, each]) => each.device === gem.device)
    return gem.gpuVa !== null && mmu ? [{ who: 'gpu', mmu: mmu[0], addr: gem.gpuVa } as Subject] : []
  })
  const gems = list<{ gpuVa: number | null; device: Id }>(after, 'gem')
  if (id.startsWith('vma:')) return cpu(vmas.filter(([key]) => key === id))
  if (id.startsWith('task:')) return cpu(vmas.filter(([, vma]) => vma.task === id && vma.file !== null))
  if (id.startsWith('gem:')) return [...cpu(vmas.filter(([, vma]) => vma.priv === id)), ...gpu(gems.filter(([key]) => key === id))]
  if (id.startsWith('gpu_mmu:')) return gpu(gems)
  return []
}

/** What a walk leads to, as a thing to choose: the area or buffer at its address, else whose tables they are. */
export function thingOf({ after }: Pick<Frame, 'after'>, subject: Subject): Id {
  const { addr } = subject
  if (subject.who === 'cpu') return list<VmaRecord & { end: number }>(after, 'vma').find(([, vma]) => vma.task === subject.task && vma.start <= addr && addr < vma.end)?.[0] ?? subject.task
  return list<{ gpuVa: number | null; sizeBytes: number }>(after, 'gem').find(([, { gpuVa, sizeBytes }]) => gpuVa !== null && gpuVa <= addr && addr < gpuVa + sizeBytes)?.[0] ?? subject.mmu
}

/** The attribute of a leaf in the words of this house. */
export function attrOf({ who, fields }: Pick<WalkView, 'who' | 'fields'>): string {
  const memory = fields.find(({ name }) => name === 'AttrIndx')
  if (!memory) return ''
  if (who === 'gpu') return `attr ${memory.value}`
  return memory.meaning.includes('write-back') ? 'WB' : memory.meaning.includes('non-cacheable') ? 'WC' : 'UC'
}

/** `r(w)`: the first write faults, and the kernel opens the entry then. */
export function rightsOf({ who, fields }: Pick<WalkView, 'who' | 'fields'>): string {
  const value = (name: string): number => fields.find((each) => each.name === name)?.value ?? 0
  if (who === 'gpu') return `${value('read') ? 'r' : '-'}${value('write') ? 'w' : '-'}`
  if (value('AP[1]') === 0) return '--'
  return value('AP[2]') === 0 ? 'rw' : value('DBM') ? 'r(w)' : 'r-'
}

/** `0xffff_8000_1000`: an address in groups of four digits. */
export const addressText = (addr: number): string => `0x${addr.toString(16).replace(/\B(?=(.{4})+$)/g, '_')}`
export const pageText = (phys: number): string => `0x${Math.floor(phys / PAGE_SIZE).toString(16)}`

/** The page that the TLB would give, as a page number. */
export const tlbPage = ({ format, tlb }: WalkView): string => (tlb ? pageText(format.addressOf(tlb, LAST)) : '')
const LAST = 3

/** `forms` for little room, longest first. */
export function tlbWords(view: WalkView): { readonly forms: readonly string[]; readonly long: string; readonly bad: boolean } {
  if (view.tlb === null) return { forms: ['TLB empty', 'TLB –'], long: 'The TLB remembers nothing of this page: the next access walks.', bad: false }
  if (view.current) return { forms: ['TLB same', 'TLB ✓'], long: 'The TLB remembers the same entry.', bad: false }
  return { forms: [`TLB old: ${tlbPage(view)}`, 'TLB old'], long: `The TLB is out of date: still page ${tlbPage(view)}. An access now lands there.`, bad: true }
}
