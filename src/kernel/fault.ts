/**
 * Page faults and CPU access: what an address shows, and what happens when it shows nothing.
 * Mirrors: handle_mm_fault, do_user_addr_fault (MAPERR, ACCERR), vm_ops->fault.
 * Leaves out: swap, copy-on-write of shared anonymous memory, execution.
 */
import { Again } from './again.ts'
import { PAGE_SIZE, physAddr, type PhysAddr } from '../base/brand.ts'
import { cpuTranslate } from '../hardware/cpu-mmu.ts'
import { BOUNDARY } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import type { Attr } from './objects.ts'
import { allocPage, copyPage, coreOf, physOf } from './page.ts'
import { getPte, pteOf, setPte, type Pte } from './pgtable.ts'
import { pteFor, vmaAt, vmOpsOf } from './vma.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'fault.enter': { task: Id<'task'>; addr: number; access: string }
    'fault.refused.nothing': { addr: number }
    'fault.refused.access': { vma: Id<'vma'>; addr: number; access: string }
    'fault.refused.page': { vma: Id<'vma'>; addr: number }
    'fault.bug': { vma: Id<'vma'>; addr: number }
    'fault.oops': { vma: Id<'vma'>; addr: number }
    'fault.insert': { vma: Id<'vma'>; addr: number; frame: number }
    'fault.dirty': { vma: Id<'vma'>; addr: number; frame: number }
    'fault.copy': { vma: Id<'vma'>; addr: number; frame: number }
    'load.bytes': CpuAccess
    'store.bytes': CpuAccess
  }
}
/** One piece of memory that a process reads or writes; `bytes` are its first ones. */
export interface CpuAccess { readonly task: Id<'task'>; readonly addr: number; readonly phys: number; readonly attr: Attr; readonly core: number; readonly sizeBytes: number; readonly bytes: string }

export const says: Says = {
  'fault.enter': '{task} touches {addr} ({access}) and the page tables have **no entry that allows it**: a page fault.',
  'fault.refused.nothing': '**Nothing is mapped** at {addr}: SIGSEGV.',
  'fault.refused.access': '{vma} is mapped, but **not for {access}**: SIGSEGV.',
  'fault.refused.page': '{vma} has **no page behind** {addr}: SIGBUS.',
  'fault.bug': 'The kernel finds an area that is not marked for single pages: **an assertion fails**, and the process is killed.',
  'fault.oops': 'The handler takes the page behind {addr} for one that the kernel manages, and **there is no `struct page`**: it follows a null pointer, the kernel oopses, and the process is killed.',
  'fault.insert': 'The fault handler finds **page frame {frame}** for {addr}.',
  'fault.dirty': 'Frame {frame} is written for the **first time**: a permission fault, so that the kernel can mark the entry dirty and open it.',
  'fault.copy': 'A private area is written: the page is **copied** to frame {frame} first.',
  'load.bytes': 'Core {core} loads {sizeBytes} bytes ({attr}): at {addr} this process sees `{bytes}`.',
  'store.bytes': 'Core {core} stores {sizeBytes} bytes ({attr}) at {addr}: `{bytes}`.',
}

export type Access = 'read' | 'write'
export type Signal = { readonly signal: 'SIGSEGV' | 'SIGBUS'; readonly code: string }
/** The kernel stops: an assertion fails, or a bad pointer is followed. */
export type Crash = 'BUG' | 'OOPS'
export type FaultResult = Pte | Signal | Crash

const MAPERR: Signal = { signal: 'SIGSEGV', code: 'MAPERR' }
const ACCERR: Signal = { signal: 'SIGSEGV', code: 'ACCERR' }
const ADRERR: Signal = { signal: 'SIGBUS', code: 'ADRERR' }

/** Brings the page for an access of the calling task, or says which signal ends it. From user space the exception crosses the boundary as a call does. */
export function handleFault(k: Kernel, addr: number, access: Access): FaultResult {
  const inside = k.world.stack.includes(BOUNDARY)
  if (!inside) k.world.enter(BOUNDARY)
  const result = mmFault(k, addr, access)
  if (!inside) k.world.leave()
  return result
}

const mmFault = fn('handle_mm_fault', (k: Kernel, addr: number, access: Access): FaultResult => {
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
  const old = getPte(k, page)
  if (old?.prot === 'rw') return openForWriting(k, id, page, old)
  const isPrivate = !vma.flags.includes('ms')
  if (old && isPrivate && access === 'write') return writePrivate(k, id, page, old.frame, old.dirty)
  const brought = vmOpsOf(k, vma)?.fault?.(k, id, page) ?? 'SIGBUS'
  if (brought === 'BUG' || brought === 'OOPS') {
    world.emit(brought === 'BUG' ? 'fault.bug' : 'fault.oops', { vma: id, addr })
    return brought
  }
  if (brought === 'SIGBUS') {
    world.emit('fault.refused.page', { vma: id, addr })
    return ADRERR
  }
  world.emit('fault.insert', { vma: id, addr: page, frame: brought })
  if (isPrivate && access === 'write') return writePrivate(k, id, page, brought, false)
  return install(k, page, pteFor(vma, brought, access === 'write'))
})

function install(k: Kernel, page: number, pte: Pte): Pte {
  setPte(k, page, pte)
  return pte
}

/** The first store to a page that may be written: the entry is marked dirty and opened. */
function openForWriting(k: Kernel, vma: Id<'vma'>, page: number, old: Pte): Pte {
  k.world.emit('fault.dirty', { vma, addr: page, frame: old.frame })
  return install(k, page, { ...old, dirty: true })
}

/** do_wp_page: a private area is written. Its own copy is only opened again; a page of the file is copied first. */
function writePrivate(k: Kernel, id: Id<'vma'>, page: number, from: number, own: boolean): Pte {
  const { attr, flags } = k.world.get(id)
  let frame = from
  if (!own) {
    frame = allocPage(k)
    copyPage(k, from, frame)
    k.world.emit('fault.copy', { vma: id, addr: page, frame })
  }
  return install(k, page, { frame, prot: 'rw', attr, exec: flags.includes('ex'), dirty: true, special: false })
}

const isPte = (result: FaultResult): result is Pte => typeof result === 'object' && 'frame' in result

/** MAP_POPULATE and MAP_LOCKED: touches every page up to the first that does not come, except in areas made of page frames. */
export function populate(k: Kernel, start: number, end: number): void {
  for (let addr = start; addr < end; addr += PAGE_SIZE) {
    const id = vmaAt(k, addr)
    const flags = id ? k.world.get(id).flags : []
    if (!id || flags.includes('pf') || flags.includes('io') || !flags.some(f => f === 'rd' || f === 'wr' || f === 'ex')) return
    if (!isPte(handleFault(k, addr, flags.includes('wr') && !flags.includes('sh') ? 'write' : 'read'))) return
  }
}

export interface Accessed { readonly bytes: Uint8Array; readonly fault: Signal | Crash | null }

/** What the MMU has for an access of the calling task; nothing where the access is not let through. */
function translated(k: Kernel, addr: number, access: Access): Pte | undefined {
  const { ttbr0, asid } = k.world.get(k.task)
  const entry = cpuTranslate(k.world, k.hw, ttbr0, asid, addr, access)
  return entry && pteOf(k, entry)
}

/** The entry that serves an access. After a fault that brought one, the access is tried again. */
function pageFor(k: Kernel, addr: number, access: Access): FaultResult {
  const page = addr - (addr % PAGE_SIZE)
  const found = translated(k, page, access)
  if (found) return found
  const brought = handleFault(k, addr, access)
  return isPte(brought) ? (translated(k, page, access) ?? brought) : brought
}

/** A range of addresses that lies in one piece in memory and is reached in one way. */
interface Piece { readonly at: number; readonly phys: PhysAddr; readonly attr: Attr; readonly sizeBytes: number }

/** What lies behind a range of addresses, page after page; a fault that cannot be served ends it. */
function piecesOf(k: Kernel, addr: number, n: number, access: Access): { readonly pieces: readonly Piece[]; readonly fault: Accessed['fault'] } {
  const row = new Again(k.world)
  const found = pagesOf(k, addr, n, access, row)
  row.end()
  return found
}

function pagesOf(k: Kernel, addr: number, n: number, access: Access, row: Again): { readonly pieces: readonly Piece[]; readonly fault: Accessed['fault'] } {
  const pieces: Piece[] = []
  for (let i = 0; i < n; ) {
    const page = row.page(() => pageFor(k, addr + i, access))
    if (!isPte(page)) return { pieces, fault: page }
    const offset = (addr + i) % PAGE_SIZE
    const sizeBytes = Math.min(n - i, PAGE_SIZE - offset)
    const phys = physAddr(physOf(k, page.frame) + offset)
    const last = pieces[pieces.length - 1]
    if (last && last.phys + last.sizeBytes === phys && last.attr === page.attr) pieces[pieces.length - 1] = { ...last, sizeBytes: last.sizeBytes + sizeBytes }
    else pieces.push({ at: i, phys, attr: page.attr, sizeBytes })
    i += sizeBytes
  }
  return { pieces, fault: null }
}

/** The first bytes of a range, for a caption. */
const hexOf = (bytes: Uint8Array): string => Array.from(bytes.subarray(0, 16), b => b.toString(16).padStart(2, '0')).join('') + (bytes.length > 16 ? '…' : '')
const tell = (k: Kernel, event: 'load.bytes' | 'store.bytes', addr: number, { at, phys, attr, sizeBytes }: Piece, core: number, bytes: Uint8Array): void =>
  k.world.emit(event, { task: k.task, addr: addr + at, phys, attr, core, sizeBytes, bytes: hexOf(bytes) })

/** Loads a range; a fault that cannot be served ends it with the bytes so far. */
export function load(k: Kernel, addr: number, n: number): Accessed {
  const { pieces, fault } = piecesOf(k, addr, n, 'read')
  const core = coreOf(k)
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.sizeBytes, 0))
  for (const piece of pieces) {
    const part = k.hw.load(core, piece.phys, piece.attr, piece.sizeBytes)
    bytes.set(part, piece.at)
    if (k.world.tells) tell(k, 'load.bytes', addr, piece, core, part)
  }
  return { bytes, fault }
}

/** Stores a range; `bytes` of the answer are those that went in. */
export function store(k: Kernel, addr: number, bytes: Uint8Array): Accessed {
  const { pieces, fault } = piecesOf(k, addr, bytes.length, 'write')
  const core = coreOf(k)
  let done = 0
  for (const piece of pieces) {
    const part = bytes.subarray(piece.at, piece.at + piece.sizeBytes)
    k.hw.store(core, piece.phys, piece.attr, part)
    if (k.world.tells) tell(k, 'store.bytes', addr, piece, core, part)
    done += part.length
  }
  return { bytes: bytes.subarray(0, done), fault }
}
