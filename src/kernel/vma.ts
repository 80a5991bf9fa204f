/**
 * Areas of an address space: found, split, merged, closed.
 * Mirrors: find_vma, __split_vma, vma_merge, remove_vma, unmap_region (mm/mmap.c).
 * Leaves out: the tree they lie in, anonymous memory, stacks, huge areas.
 */
import { each } from './again.ts'
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id, Objects } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { putFile } from './file.ts'
import type { VmOps } from './hooks.ts'
import { freePage } from './page.ts'
import { clearPtes, type Pte } from './pgtable.ts'
import { take } from './ref.ts'
import type { Says } from './syscall.ts'

export type Vma = Readonly<Objects['vma']>

declare module '../journal/vocabulary.ts' {
  interface Events {
    'vma.add': { vma: Id<'vma'>; start: number; end: number }
    'vma.change': { vma: Id<'vma'>; start: number; end: number; flags: string }
    'vma.split': { vma: Id<'vma'>; head: Id<'vma'>; at: number }
    'vma.merge': { vma: Id<'vma'>; gone: Id<'vma'> }
    'vma.remove': { vma: Id<'vma'>; start: number; end: number }
  }
}
export const says: Says = {
  'vma.add': 'A new area, **{start} to {end}**, in the address space.',
  'vma.change': '{vma} is now `{flags}`.',
  'vma.split': '{vma} is **split** at {at}: the part before it is {head}.',
  'vma.merge': '{gone} joins its neighbour {vma}: **one area again**.',
  'vma.remove': 'The area {start} to {end} is **gone**.',
}

/** The codes in the order of their bits, as smaps prints them. */
const ORDER = ['rd', 'wr', 'ex', 'sh', 'mr', 'mw', 'me', 'ms', 'pf', 'lo', 'io', 'dc', 'de', 'ac', 'sf', 'ar', 'wf', 'dd', 'mm']
export const flagsOf = (words: readonly string[]): readonly string[] => ORDER.filter(word => words.includes(word))
export const withFlags = (flags: readonly string[], add: readonly string[], without: readonly string[] = []): readonly string[] =>
  flagsOf([...flags.filter(f => !without.includes(f)), ...add])

/** The operations that an area names: those of a helper, or those that a driver of this machine has for itself (bootKernel puts them there). */
export const vmOpsOf = (k: Kernel, { ops }: Vma): VmOps | undefined =>
  (ops === null ? undefined : k.parts.vmOps[ops])

/** The area that holds the address, or the first one behind it. */
export function findVma(k: Kernel, addr: number, task: Id<'task'> = k.task): Id<'vma'> | undefined {
  const { vmas } = k.world.get(task)
  let low = 0
  let high = vmas.length
  while (low < high) {
    const mid = (low + high) >> 1
    if (k.world.get(vmas[mid]!).end <= addr) low = mid + 1
    else high = mid
  }
  return vmas[low]
}
export function vmaAt(k: Kernel, addr: number, task: Id<'task'> = k.task): Id<'vma'> | undefined {
  const id = findVma(k, addr, task)
  return id && k.world.get(id).start <= addr ? id : undefined
}
/** The areas that touch a range, in order. */
export function vmasIn(k: Kernel, start: number, end: number, task: Id<'task'> = k.task): Id<'vma'>[] {
  return k.world.get(task).vmas.filter(id => {
    const vma = k.world.get(id)
    return vma.start < end && vma.end > start
  })
}

function insertSorted(k: Kernel, task: Id<'task'>, id: Id<'vma'>): void {
  const { start } = k.world.get(id)
  const { vmas } = k.world.get(task)
  const at = vmas.findIndex(v => k.world.get(v).start > start)
  k.world.set(task, 'vmas', at < 0 ? [...vmas, id] : [...vmas.slice(0, at), id, ...vmas.slice(at)])
}

/** Adds an area that holds its file. */
export function addVma(k: Kernel, record: Objects['vma']): Id<'vma'> {
  const { world } = k
  const id = world.create(world.newId('vma'), record)
  insertSorted(k, record.task, id)
  world.emit('vma.add', { vma: id, start: record.start, end: record.end })
  if (record.file) take(world, id, 'vm_file', record.file, 'fCount')
  return id
}

/** Takes an area out without its pages; `close` runs its owner's hook. */
export const removeVma = fn('remove_vma', (k: Kernel, id: Id<'vma'>, close: boolean) => {
  const { world } = k
  const vma = world.get(id)
  if (close) vmOpsOf(k, vma)?.close?.(k, id)
  world.set(vma.task, 'vmas', world.get(vma.task).vmas.filter(v => v !== id))
  if (vma.file) putFile(k, id, 'vm_file')
  world.remove(id)
  world.emit('vma.remove', { vma: id, start: vma.start, end: vma.end })
})

/** Cuts an area in two at `at`. The new record is the part before it, or the one behind it. */
export const splitVma = fn('__split_vma', (k: Kernel, id: Id<'vma'>, at: number, newPart: 'head' | 'tail') => {
  const { world } = k
  const vma = world.get(id)
  const moved = (at - vma.start) / PAGE_SIZE
  const part: Objects['vma'] = newPart === 'head' ? { ...vma, end: at } : { ...vma, start: at, pgoff: vma.pgoff + moved }
  const other = world.create(world.newId('vma'), part)
  if (newPart === 'head') {
    world.set(id, 'start', at)
    world.set(id, 'pgoff', vma.pgoff + moved)
  } else world.set(id, 'end', at)
  insertSorted(k, vma.task, other)
  world.emit('vma.split', { vma: id, head: newPart === 'head' ? other : id, at })
  if (vma.file) take(world, other, 'vm_file', vma.file, 'fCount')
  vmOpsOf(k, vma)?.open?.(k, other)
  return other
})

/** An entry as the area allows it. A private area shows the file's pages for reading only, so that a store can be caught. */
export function pteFor({ flags, attr }: Vma, frame: number, dirty: boolean): Pte {
  const prot = flags.includes('wr') && flags.includes('ms') ? 'rw' : flags.some(f => f === 'rd' || f === 'wr' || f === 'ex') ? 'r' : ''
  return { frame, prot, attr, exec: flags.includes('ex'), dirty: dirty && prot === 'rw', special: flags.includes('pf') }
}

/** Takes the pages of a range out of an area. What was written in a private area is a copy that nobody else knows, and goes with its entry. */
export function zap(k: Kernel, id: Id<'vma'>, start: number, end: number): void {
  const { task, flags } = k.world.get(id)
  const gone = clearPtes(k, start, end, task)
  if (!flags.includes('ms')) each(k.world, gone, ({ pte }) => { if (pte.dirty) freePage(k, pte.frame) })
}

/** Every area of every process that shows an object loses its pages, and stays: the next access asks its owner again. */
export const unmapMappingRange = fn('unmap_mapping_range', (k: Kernel, shown: Id) => {
  for (const id of k.world.ids('vma')) if (k.world.get(id).priv === shown) zap(k, id, k.world.get(id).start, k.world.get(id).end)
})

/** munmap of a page-aligned range: areas at its edges are cut, those inside go, pages first. */
export const unmapRange = fn({ '5.2': '__do_munmap', '6.1': 'do_mas_munmap', '6.3': 'do_vmi_munmap' }, (k: Kernel, start: number, end: number) => {
  const { world } = k
  let inside = vmasIn(k, start, end)
  if (inside.length === 0) return
  const first = inside[0]!
  if (world.get(first).start < start) splitVma(k, first, start, 'head')
  const last = vmaAt(k, end - 1)
  if (last && world.get(last).end > end) splitVma(k, last, end, 'tail')
  inside = vmasIn(k, start, end)
  for (const id of inside) zap(k, id, world.get(id).start, world.get(id).end)
  for (const id of inside) removeVma(k, id, true)
})

const special = (vma: Vma): boolean => vma.flags.some(f => f === 'io' || f === 'de' || f === 'pf' || f === 'mm')

/** Joins an area with equal neighbours, where the kernel would; answers the area that is left. */
export function mergeAround(k: Kernel, id: Id<'vma'>): Id<'vma'> {
  const { world } = k
  const { vmas } = world.get(world.get(id).task)
  const at = vmas.indexOf(id)
  let kept = id
  for (const [a, b] of [[vmas[at - 1], id], [id, vmas[at + 1]]] as const) {
    if (!a || !b) continue
    const left = world.get(a === id ? kept : a)
    const right = world.get(b)
    const same = left.end === right.start && left.file === right.file && left.ops === right.ops && left.priv === right.priv
      && left.flags.join() === right.flags.join() && left.pgoff + (left.end - left.start) / PAGE_SIZE === right.pgoff
    if (!same || special(left) || vmOpsOf(k, left)?.close) continue
    const keep = a === id ? kept : a
    const gone = b
    world.set(keep, 'end', right.end)
    world.emit('vma.merge', { vma: keep, gone })
    removeVma(k, gone, false)
    kept = keep
  }
  return kept
}
