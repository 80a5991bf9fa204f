/**
 * Page faults and CPU access: what an address shows, and what happens when it shows nothing.
 * Mirrors: handle_mm_fault, do_user_addr_fault (MAPERR, ACCERR), vm_ops->fault.
 * Leaves out: swap, copy-on-write of shared anonymous memory, execution.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { allocPage, copyPage, readBytes, writeBytes } from './page.ts'
import { getPte, setPte, type Pte } from './pgtable.ts'
import { vmaAt, vmOpsOf } from './vma.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'fault.enter': { task: Id<'task'>; addr: number; access: string }
    'fault.refused.nothing': { addr: number }
    'fault.refused.access': { vma: Id<'vma'>; addr: number; access: string }
    'fault.refused.page': { vma: Id<'vma'>; addr: number }
    'fault.bug': { vma: Id<'vma'>; addr: number }
    'fault.insert': { vma: Id<'vma'>; addr: number; frame: number }
    'fault.copy': { vma: Id<'vma'>; addr: number; frame: number }
    'load.bytes': { task: Id<'task'>; addr: number; bytes: string }
    'store.bytes': { task: Id<'task'>; addr: number; bytes: string }
  }
}
export const says: Says = {
  'fault.enter': '{task} touches {addr} ({access}) and the page table has **no entry for that**: a page fault.',
  'fault.refused.nothing': '**Nothing is mapped** at {addr}: SIGSEGV.',
  'fault.refused.access': '{vma} is mapped, but **not for {access}**: SIGSEGV.',
  'fault.refused.page': '{vma} has **no page behind** {addr}: SIGBUS.',
  'fault.bug': 'The kernel finds an area that is not marked for single pages: **an assertion fails**, and the process is killed.',
  'fault.insert': 'The fault handler finds **page frame {frame}** for {addr}.',
  'fault.copy': 'A private area is written: the page is **copied** to frame {frame} first.',
  'load.bytes': 'The bytes at {addr} are `{bytes}`, as this process sees them.',
  'store.bytes': 'Bytes `{bytes}` are stored at {addr}.',
}

export type Access = 'read' | 'write'
export type Signal = { readonly signal: 'SIGSEGV' | 'SIGBUS'; readonly code: string }
export type FaultResult = Pte | Signal | 'BUG'

const MAPERR: Signal = { signal: 'SIGSEGV', code: 'MAPERR' }
const ACCERR: Signal = { signal: 'SIGSEGV', code: 'ACCERR' }
const ADRERR: Signal = { signal: 'SIGBUS', code: 'ADRERR' }

/** Brings the page for an access of the calling task, or says which signal ends it. */
export const handleFault = fn('handle_mm_fault', (k: Kernel, addr: number, access: Access): FaultResult => {
  const { world, task } = k
  world.emit('fault.enter', { task, addr, access })
  const id = vmaAt(k, addr)
  if (!id) {
    world.emit('fault.refused.nothing', { addr })
    return MAPERR
  }
  const vma = world.get(id)
  const may = access === 'write' ? vma.flags.includes('wr') : vma.flags.includes('rd') || vma.flags.includes('wr') || vma.flags.includes('ex')
  if (!may) {
    world.emit('fault.refused.access', { vma: id, addr, access })
    return ACCERR
  }
  const page = addr - (addr % PAGE_SIZE)
  const isPrivate = !vma.flags.includes('ms')
  const old = getPte(k, page)
  let frame: number
  if (old && isPrivate && access === 'write') frame = old.frame
  else {
    const brought = vmOpsOf(k, vma)?.fault?.(k, id, page) ?? 'SIGBUS'
    if (brought === 'BUG') {
      world.emit('fault.bug', { vma: id, addr })
      return 'BUG'
    }
    if (brought === 'SIGBUS') {
      world.emit('fault.refused.page', { vma: id, addr })
      return ADRERR
    }
    frame = brought
    world.emit('fault.insert', { vma: id, addr: page, frame })
  }
  let prot = vma.flags.includes('wr') ? 'rw' : 'r'
  if (isPrivate) {
    prot = 'r'
    if (access === 'write') {
      const copy = allocPage(k)
      copyPage(k, frame, copy)
      world.emit('fault.copy', { vma: id, addr: page, frame: copy })
      frame = copy
      prot = 'rw'
    }
  }
  const pte: Pte = { frame, prot, attr: vma.attr, ...(isPrivate && prot === 'rw' ? { own: true } : {}) }
  setPte(k, page, pte)
  return pte
})

/** MAP_POPULATE and MAP_LOCKED: touches every page, except in areas made of page frames. */
export function populate(k: Kernel, start: number, end: number): void {
  for (let addr = start; addr < end; addr += PAGE_SIZE) {
    const id = vmaAt(k, addr)
    const flags = id ? k.world.get(id).flags : []
    if (!id || flags.includes('pf') || flags.includes('io') || !flags.includes('rd')) return
    handleFault(k, addr, flags.includes('wr') ? 'write' : 'read')
  }
}

const isPte = (result: FaultResult): result is Pte => typeof result === 'object' && 'frame' in result

export interface Accessed { readonly bytes: readonly number[]; readonly fault: Signal | 'BUG' | null }

/** The entry that serves an access, faulting when there is none. */
function pageFor(k: Kernel, addr: number, access: Access): FaultResult {
  const pte = getPte(k, addr - (addr % PAGE_SIZE))
  if (pte && (access === 'read' ? pte.prot !== '' : pte.prot === 'rw')) return pte
  return handleFault(k, addr, access)
}

/** The first bytes of a range, for a caption. */
const hexOf = (bytes: readonly number[]): string => bytes.slice(0, 16).map(b => b.toString(16).padStart(2, '0')).join('') + (bytes.length > 16 ? '…' : '')

/** Loads byte by byte; a fault that cannot be served ends it with the bytes so far. */
export function load(k: Kernel, addr: number, n: number): Accessed {
  const bytes: number[] = []
  for (let i = 0; i < n; ) {
    const page = pageFor(k, addr + i, 'read')
    if (!isPte(page)) return { bytes, fault: page }
    const at = (addr + i) % PAGE_SIZE
    const part = Math.min(n - i, PAGE_SIZE - at)
    bytes.push(...readBytes(k, page.frame, at, part))
    i += part
  }
  if (k.world.tells) k.world.emit('load.bytes', { task: k.task, addr, bytes: hexOf(bytes) })
  return { bytes, fault: null }
}

/** Stores byte by byte; `bytes` of the answer are those that went in. */
export function store(k: Kernel, addr: number, bytes: readonly number[]): Accessed {
  let i = 0
  while (i < bytes.length) {
    const page = pageFor(k, addr + i, 'write')
    if (!isPte(page)) return { bytes: bytes.slice(0, i), fault: page }
    const at = (addr + i) % PAGE_SIZE
    const part = bytes.slice(i, i + PAGE_SIZE - at)
    writeBytes(k, page.frame, at, part)
    i += part.length
    if (k.world.tells) k.world.emit('store.bytes', { task: k.task, addr: addr + i - part.length, bytes: hexOf(part) })
  }
  return { bytes, fault: null }
}
