/**
 * mmap: the checks that every mapping passes before its file is asked, in the kernel's order.
 * Mirrors: ksys_mmap_pgoff, do_mmap, mmap_region (mm/mmap.c).
 * Leaves out: anonymous memory, huge pages, memory-lock limits, address hints, address randomisation.
 */
import { PAGE_SIZE, pageAlign } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { populate } from './fault.ts'
import { getFile } from './file.ts'
import { mmapFile, hasMmap } from './file-mmap.ts'
import { addVma, flagsOf, mergeAround, removeVma, unmapRange, vmaAt, vmasIn, vmOpsOf } from './vma.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'mmap.refused.alignment': { offset: number }
    'mmap.refused.length': { length: number }
    'mmap.refused.overflow': { offset: number; length: number }
    'mmap.refused.address': { addr: number }
    'mmap.refused.flags': { flags: string }
    'mmap.refused.mode': { file: Id<'file'>; asked: string; mode: string }
    'mmap.refused.unreadable': { file: Id<'file'> }
    'mmap.refused.exec': { file: Id<'file'> }
    'mmap.refused.method': { file: Id<'file'> }
    'mmap.narrowed': { file: Id<'file'> }
    'mmap.done': { vma: Id<'vma'>; start: number; end: number; flags: string }
  }
}
export const says: Says = {
  'mmap.refused.alignment': 'The offset {offset} is **not a whole number of pages**: EINVAL, before the descriptor is looked at.',
  'mmap.refused.length': '**A mapping of {length} bytes** cannot be made.',
  'mmap.refused.overflow': 'Offset {offset} and length {length} together **leave the range of offsets**: EOVERFLOW.',
  'mmap.refused.address': 'The fixed address {addr} is **not the start of a page**: EINVAL.',
  'mmap.refused.flags': 'The flags `{flags}` are **unknown to this kind of file**.',
  'mmap.refused.mode': '**A shared writable mapping needs a file open for writing**, and {file} is open for {mode}: `do_mmap()` answers EACCES and asks no driver.',
  'mmap.refused.unreadable': '{file} is **not open for reading**: EACCES. Every mapping needs that.',
  'mmap.refused.exec': '{file} lies where **nothing may be executed**: EPERM.',
  'mmap.refused.method': '{file} is of a kind that **cannot be mapped**: ENODEV.',
  'mmap.narrowed': '{file} is not open for writing: the area **may never become writable**, whatever mprotect asks later.',
  'mmap.done': 'The area {start} to {end} is ready (`{flags}`); **pages come with the first touch**, unless its owner has put them there already.',
}

export interface MmapArgs {
  /** null: the kernel chooses. Without MAP_FIXED a wish, granted when nothing is there. */
  readonly addr: number | null
  readonly length: number
  /** `PROT_READ`, `PROT_WRITE`, `PROT_EXEC`. */
  readonly prot: readonly string[]
  /** `MAP_SHARED`, `MAP_PRIVATE`, `MAP_SHARED_VALIDATE`, `MAP_FIXED`, `MAP_POPULATE`, `MAP_LOCKED`, `MAP_SYNC`. */
  readonly flags: readonly string[]
  readonly fd: number
  readonly offset: number
}

export const ksysMmapPgoff = fn('ksys_mmap_pgoff', (k: Kernel, args: MmapArgs): number | Fail => {
  if (args.offset % PAGE_SIZE !== 0) {
    k.world.emit('mmap.refused.alignment', { offset: args.offset })
    return fail('EINVAL')
  }
  const file = getFile(k, args.fd)
  return isFail(file) ? file : doMmap(k, file, args)
})

const PROT_BITS: readonly (readonly [number, string, string])[] = [[1, 'PROT_READ', 'rd'], [2, 'PROT_WRITE', 'wr'], [4, 'PROT_EXEC', 'ex']]
/** The rights that were asked for, as areas have them; raw bits too. `unknown`: bits that mean nothing (8 does, to semaphores). */
export function rightsOf(prot: readonly string[]): { readonly rights: readonly string[]; readonly unknown: boolean } {
  const bits = prot.reduce((sum, word) => sum | (/^\d/.test(word) ? Number(word) : PROT_BITS.find(([, name]) => name === word)![0]), 0)
  return { rights: PROT_BITS.filter(([bit]) => bits & bit).map(([, , code]) => code), unknown: (bits & ~0xf) !== 0 }
}

/** The end of a process's addresses (arm64, four levels of tables). */
export const TASK_SIZE = 2 ** 48

/** A place for a new area: behind all earlier ones, at a distance; undefined: there is no room. */
export function chooseAddress(k: Kernel, length: number): number | undefined {
  const { mmapNext } = k.world.get(k.task)
  if (length > TASK_SIZE - mmapNext) return undefined
  const room = Math.ceil(length / 0x200000) * 0x200000 + 0x200000
  k.world.set(k.task, 'mmapNext', mmapNext + room)
  return mmapNext
}

/** Offsets have 64 bits: a negative one is a very large one. */
const OFFSET_PAGES = 2 ** 52
/** file_mmap_ok: where a mapping may end. Nodes of DRM devices count offsets without a sign; memory files are regular files, whose offsets have one. */
const lastPageOf = (kind: string): number => (kind === 'drm' ? OFFSET_PAGES : kind === 'memfd' || kind === 'shmem' ? OFFSET_PAGES / 2 - 1 : OFFSET_PAGES - 1)

const isFree = (k: Kernel, addr: number, length: number): boolean => addr % PAGE_SIZE === 0 && vmasIn(k, addr, addr + length).length === 0

const doMmap = fn('do_mmap', (k: Kernel, file: Id<'file'>, args: MmapArgs): number | Fail => {
  const { world } = k
  const { fmode } = world.get(file)
  const asked = (word: string): boolean => args.flags.includes(word)
  const length = pageAlign(args.length)
  const pgoff = (args.offset < 0 ? OFFSET_PAGES : 0) + args.offset / PAGE_SIZE
  if (args.length <= 0 || length > TASK_SIZE || (asked('MAP_FIXED') && args.addr! > TASK_SIZE - length)) {
    world.emit('mmap.refused.length', { length: args.length })
    return fail(args.length === 0 ? 'EINVAL' : 'ENOMEM')
  }
  if (asked('MAP_FIXED') && args.addr! % PAGE_SIZE !== 0) {
    world.emit('mmap.refused.address', { addr: args.addr! })
    return fail('EINVAL')
  }
  if (pgoff + length / PAGE_SIZE > lastPageOf(world.get(file).kind)) {
    world.emit('mmap.refused.overflow', { offset: args.offset, length })
    return fail('EOVERFLOW')
  }
  const shared = asked('MAP_SHARED') || asked('MAP_SHARED_VALIDATE')
  const vmFlags = new Set([...rightsOf(args.prot).rights, 'mr', 'mw', 'me'])
  if (asked('MAP_LOCKED')) vmFlags.add('lo')
  if (asked('MAP_SHARED_VALIDATE') && asked('MAP_SYNC')) {
    world.emit('mmap.refused.flags', { flags: 'MAP_SYNC' })
    return fail('EOPNOTSUPP')
  }
  if (!shared && !asked('MAP_PRIVATE')) {
    world.emit('mmap.refused.flags', { flags: args.flags.join(' | ') || '0' })
    return fail('EINVAL')
  }
  if (shared) {
    if (vmFlags.has('wr') && !fmode.write) {
      world.emit('mmap.refused.mode', { file, asked: 'PROT_WRITE', mode: fmode.read ? 'reading only' : 'nothing' })
      return fail('EACCES')
    }
    vmFlags.add('sh').add('ms')
    if (!fmode.write) {
      vmFlags.delete('mw')
      vmFlags.delete('sh')
    }
  }
  if (!fmode.read) {
    world.emit('mmap.refused.unreadable', { file })
    return fail('EACCES')
  }
  if (world.get(file).kind === 'null' || k.parts.noexec.includes(world.get(file).kind)) {
    if (vmFlags.has('ex')) {
      world.emit('mmap.refused.exec', { file })
      return fail('EPERM')
    }
    vmFlags.delete('me')
  }
  if (!hasMmap(k, file)) {
    world.emit('mmap.refused.method', { file })
    return fail('ENODEV')
  }
  if (shared && !fmode.write) world.emit('mmap.narrowed', { file })
  if (!shared && vmFlags.has('wr')) vmFlags.add('ac')
  const wish = args.addr !== null && (asked('MAP_FIXED') || isFree(k, args.addr, length)) ? args.addr : null
  const start = wish ?? chooseAddress(k, length)
  if (start === undefined) {
    world.emit('mmap.refused.length', { length })
    return fail('ENOMEM')
  }
  const made = mmapRegion(k, file, start, start + length, flagsOf([...vmFlags]), pgoff)
  if (isFail(made)) return made
  if (asked('MAP_POPULATE') || asked('MAP_LOCKED')) populate(k, start, start + length)
  return start
})

/** Where a neighbour is of the same file, goes on in it and has these very flags, it grows, and the file is not asked. */
function expand(k: Kernel, file: Id<'file'>, start: number, end: number, flags: readonly string[], pgoff: number): boolean {
  const { world } = k
  const fits = (id: Id<'vma'> | undefined, offset: number): boolean => {
    const vma = id && world.get(id)
    return vma !== undefined && vma.file === file && vma.flags.join() === flags.join() && vma.pgoff === offset && !vmOpsOf(k, vma)?.close
  }
  const before = start > 0 ? vmaAt(k, start - 1) : undefined
  const length = before === undefined ? 0 : (start - world.get(before).start) / PAGE_SIZE
  const behind = vmaAt(k, end)
  const grown = fits(before, pgoff - length) ? before! : behind !== undefined && world.get(behind).start === end && fits(behind, pgoff + (end - start) / PAGE_SIZE) ? behind : undefined
  if (grown === undefined) return false
  if (grown === before) world.set(grown, 'end', end)
  else {
    world.set(grown, 'start', start)
    world.set(grown, 'pgoff', pgoff)
  }
  world.emit('vma.change', { vma: grown, start: world.get(grown).start, end: world.get(grown).end, flags: flags.join(' ') })
  mergeAround(k, grown)
  return true
}

const mmapRegion = fn('mmap_region', (k: Kernel, file: Id<'file'>, start: number, end: number, flags: readonly string[], pgoff: number): void | Fail => {
  const { world, task } = k
  unmapRange(k, start, end)
  if (expand(k, file, start, end, flags, pgoff)) return
  const vma = addVma(k, { task, start, end, flags, attr: 'wb', pgoff, file, ops: null, priv: null })
  const refused = mmapFile(k, file, vma)
  if (isFail(refused)) {
    removeVma(k, vma, false)
    return refused
  }
  const now = world.get(vma)
  if (now.flags.includes('lo') && now.flags.some(f => f === 'io' || f === 'pf' || f === 'mm' || f === 'de')) world.set(vma, 'flags', now.flags.filter(f => f !== 'lo'))
  world.emit('mmap.done', { vma, start, end, flags: world.get(vma).flags.join(' ') })
  mergeAround(k, vma)
})
