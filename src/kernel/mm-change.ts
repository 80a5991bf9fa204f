/**
 * Changing areas that are there: mprotect, mremap, madvise, msync.
 * Mirrors: do_mprotect_pkey, mprotect_fixup (mm/mprotect.c), mremap (mm/mremap.c), madvise (mm/madvise.c), msync (mm/msync.c).
 * Leaves out: DONTUNMAP, advice about huge pages and swapping.
 */
import { PAGE_SIZE, pageAlign } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { chooseAddress, rightsOf, TASK_SIZE } from './mm.ts'
import { clearPtes, ptesIn, setPte, setPtes } from './pgtable.ts'
import { addVma, findVma, mergeAround, pteFor, splitVma, unmapRange, vmaAt, vmasIn, vmOpsOf, withFlags, zap } from './vma.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'mm.refused.alignment': { addr: number }
    'mm.refused.hole': { addr: number }
    'mprotect.refused.may': { vma: Id<'vma'>; asked: string; flags: string }
    'mremap.refused.area': { addr: number; length: number }
    'mremap.refused.grow': { vma: Id<'vma'> }
    'mremap.move': { vma: Id<'vma'>; from: number; to: number }
    'madvise.refused': { vma: Id<'vma'>; advice: string }
    'msync.refused': { vma: Id<'vma'> }
  }
}
export const says: Says = {
  'mm.refused.alignment': 'The address or length at {addr} does **not fit whole pages**: EINVAL.',
  'mm.refused.hole': '**Nothing is mapped** at {addr}: ENOMEM. What came before stays changed.',
  'mprotect.refused.may': '{vma} **may never be** {asked} (`{flags}`): EACCES.',
  'mremap.refused.area': 'The old range of {length} bytes at {addr} does **not lie inside one area**: EFAULT.',
  'mremap.refused.grow': '{vma} shows a buffer and **may not grow**: EFAULT.',
  'mremap.move': '{vma} takes over the pages from {from}, **now at {to}**.',
  'madvise.refused': 'The advice {advice} is **not for areas like** {vma}.',
  'msync.refused': 'The file behind {vma} has **nothing to sync**: EINVAL.',
}

function refuse(k: Kernel, addr: number): Fail {
  k.world.emit('mm.refused.alignment', { addr })
  return fail('EINVAL')
}
function hole(k: Kernel, addr: number): Fail {
  k.world.emit('mm.refused.hole', { addr })
  return fail('ENOMEM')
}

export const doMprotect = fn('do_mprotect_pkey', (k: Kernel, start: number, length: number, prot: readonly string[]): void | Fail => {
  const { world } = k
  if (start % PAGE_SIZE !== 0) return refuse(k, start)
  if (length === 0) return
  const end = start + pageAlign(length)
  if (end <= start) return hole(k, start)
  const { rights, unknown } = rightsOf(prot)
  if (unknown) return refuse(k, start)
  let at = start
  let id = findVma(k, start)
  while (at < end) {
    if (!id || world.get(id).start > at) return hole(k, at)
    const vma = world.get(id)
    const flags = withFlags(vma.flags, rights, ['rd', 'wr', 'ex'])
    const lacking = rights.find(r => !flags.includes(`m${r[0]}`))
    if (lacking) {
      world.emit('mprotect.refused.may', { vma: id, asked: { rd: 'readable', wr: 'writable', ex: 'executable' }[lacking]!, flags: vma.flags.join(' ') })
      return fail('EACCES')
    }
    const to = Math.min(end, vma.end)
    fixup(k, id, at, to, flags)
    at = to
    id = findVma(k, at)
  }
})

const fixup = fn('mprotect_fixup', (k: Kernel, id: Id<'vma'>, start: number, end: number, wanted: readonly string[]) => {
  const { world } = k
  const vma = world.get(id)
  if (wanted.join() === vma.flags.join()) return
  let flags = wanted
  if (flags.includes('wr') && !vma.flags.some(f => f === 'ac' || f === 'wr' || f === 'sh')) flags = withFlags(flags, ['ac'])
  if (start !== vma.start) splitVma(k, id, start, 'head')
  if (end !== vma.end) splitVma(k, id, end, 'tail')
  world.set(id, 'flags', flags)
  world.emit('vma.change', { vma: id, start, end, flags: flags.join(' ') })
  const { prot, exec } = pteFor(world.get(id), 0, false)
  for (const { addr, pte } of ptesIn(k, start, end)) if (pte.prot !== prot || pte.exec !== exec) setPte(k, addr, { ...pte, prot, exec })
  mergeAround(k, id)
})

export interface MremapArgs { readonly addr: number; readonly oldSize: number; readonly newSize: number; readonly flags: readonly string[]; readonly newAddr: number | null }

export const doMremap = fn('mremap', (k: Kernel, args: MremapArgs): number | Fail => {
  const { world } = k
  const { addr } = args
  const has = (flag: string): boolean => args.flags.includes(flag)
  const fixed = has('MREMAP_FIXED')
  if (args.flags.some(flag => /^\d/.test(flag)) || (fixed && !has('MREMAP_MAYMOVE'))) return refuse(k, addr)
  if (addr % PAGE_SIZE !== 0 || args.newSize === 0) return refuse(k, addr)
  let oldLen = pageAlign(args.oldSize)
  const newLen = pageAlign(args.newSize)
  if (k.parts.mremapLooksFirst && !vmaAt(k, addr)) return noArea(k, addr, oldLen)
  if (fixed && newLen > TASK_SIZE) return refuse(k, addr)
  if (oldLen > newLen || (!fixed && oldLen === newLen)) {
    if (oldLen > newLen) {
      if (addr + oldLen > TASK_SIZE) return refuse(k, addr)
      unmapRange(k, addr + newLen, addr + oldLen)
    }
    oldLen = newLen
    if (!fixed) return addr
  }
  const id = vmaAt(k, addr)
  if (!id) return noArea(k, addr, oldLen)
  const vma = world.get(id)
  // No length at all asks for a second mapping of the same, which a private one cannot have.
  if (oldLen === 0 && !vma.flags.includes('ms')) return refuse(k, addr)
  if (oldLen > vma.end - addr) return noArea(k, addr, oldLen)
  if (newLen !== oldLen && vma.flags.some(f => f === 'de' || f === 'pf')) {
    world.emit('mremap.refused.grow', { vma: id })
    return fail('EFAULT')
  }
  if (newLen > TASK_SIZE) return hole(k, addr)
  if (!fixed) {
    const grown = oldLen === vma.end - addr && growInPlace(k, id, addr + newLen)
    if (grown) return addr
    if (!has('MREMAP_MAYMOVE')) return hole(k, vma.end)
  }
  const to = args.newAddr ?? chooseAddress(k, newLen)
  return to === undefined ? hole(k, vma.end) : moveVma(k, id, addr, oldLen, newLen, to)
})

function noArea(k: Kernel, addr: number, length: number): Fail {
  k.world.emit('mremap.refused.area', { addr, length })
  return fail('EFAULT')
}

/** Only the end of an area can grow, and only where nothing is. */
function growInPlace(k: Kernel, id: Id<'vma'>, end: number): boolean {
  const { start, end: old, flags } = k.world.get(id)
  const next = findVma(k, old)
  if (end > TASK_SIZE || (next && k.world.get(next).start < end)) return false
  k.world.set(id, 'end', end)
  k.world.emit('vma.change', { vma: id, start, end, flags: flags.join(' ') })
  mergeAround(k, id)
  return true
}

const moveVma = fn('move_vma', (k: Kernel, id: Id<'vma'>, addr: number, oldLen: number, newLen: number, to: number): number => {
  const { world } = k
  const vma = world.get(id)
  unmapRange(k, to, to + newLen)
  const copy = addVma(k, { ...vma, start: to, end: to + newLen, pgoff: vma.pgoff + (addr - vma.start) / PAGE_SIZE })
  vmOpsOf(k, vma)?.open?.(k, copy)
  for (const { addr: from, pte } of clearPtes(k, addr, addr + oldLen)) setPtes(k, to + from - addr, [pte])
  world.emit('mremap.move', { vma: copy, from: addr, to })
  unmapRange(k, addr, addr + oldLen)
  mergeAround(k, copy)
  return to
})

export const doMadvise = fn('madvise', (k: Kernel, start: number, length: number, advice: string): void | Fail => {
  const { world } = k
  if (start % PAGE_SIZE !== 0 || length < 0) return refuse(k, start)
  const end = start + pageAlign(length)
  if (length === 0) return
  let at = start
  let holes = false
  while (at < end) {
    const id = findVma(k, at)
    if (!id || world.get(id).start >= end) return hole(k, at)
    if (world.get(id).start > at) { holes = true; at = world.get(id).start }
    const to = Math.min(end, world.get(id).end)
    const refused = adviseOne(k, id, at, to, advice)
    if (isFail(refused)) {
      world.emit('madvise.refused', { vma: id, advice })
      return refused
    }
    at = to
  }
  return holes ? hole(k, start) : undefined
})

const special = (flags: readonly string[]): boolean => flags.some(f => f === 'io' || f === 'de' || f === 'pf' || f === 'mm')

function adviseOne(k: Kernel, id: Id<'vma'>, start: number, end: number, advice: string): void | Fail {
  const { flags, file } = k.world.get(id)
  const has = (f: string): boolean => flags.includes(f)
  const change = (add: readonly string[], without: readonly string[] = []): void => fixup(k, id, start, end, withFlags(flags, add, without))
  switch (advice) {
    case 'DONTNEED':
      if (has('lo') || has('pf')) return fail('EINVAL')
      return zap(k, id, start, end)
    case 'REMOVE': {
      if (has('lo') || !file) return fail('EINVAL')
      if (!has('sh') || !has('wr')) return fail('EACCES')
      return k.parts.punchHole(k, id, start, end)
    }
    case 'DONTFORK': return change(['dc'])
    case 'DOFORK': return has('io') ? fail('EINVAL') : change([], ['dc'])
    case 'WIPEONFORK': return fail('EINVAL')
    case 'DODUMP': return special(flags) ? fail('EINVAL') : change([], ['dd'])
    case 'DONTDUMP': return change(['dd'])
    default: return undefined
  }
}

export const doMsync = fn('msync', (k: Kernel, start: number, length: number): void | Fail => {
  if (start % PAGE_SIZE !== 0) return refuse(k, start)
  const end = start + pageAlign(length)
  if (end < start) return hole(k, start)
  let at = start
  let unmapped: number | null = null
  for (const id of vmasIn(k, start, end)) {
    const vma = k.world.get(id)
    // A hole is passed over, and told only if nothing else is wrong behind it.
    if (vma.start > at) unmapped ??= at
    if (vma.file && vma.flags.includes('sh') && !['memfd', 'shmem'].includes(k.world.get(vma.file).kind)) {
      k.world.emit('msync.refused', { vma: id })
      return fail('EINVAL')
    }
    at = vma.end
  }
  if (at < end) unmapped ??= at
  return unmapped === null ? undefined : hole(k, unmapped)
})
