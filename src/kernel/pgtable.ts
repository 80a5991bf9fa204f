/**
 * The page tables of tasks, as the memory code reaches them: which frame an address shows, and for what.
 * Mirrors: set_pte_at, pte_clear. Leaves out: the tables themselves; an entry is a record.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import type { Attr } from './objects.ts'

/** `own`: the frame is a private copy that goes with the entry. */
export interface Pte { readonly frame: number; readonly prot: string; readonly attr: Attr; readonly own?: boolean }

declare module '../journal/vocabulary.ts' {
  interface Events {
    'pte.set': { task: Id<'task'>; addr: number; frame: number; prot: string; attr: Attr }
    'pte.clear': { task: Id<'task'>; addr: number }
  }
}
export const says = {
  'pte.set': 'The page table of {task} now shows frame **{frame}** at {addr} (`{prot}`, {attr}).',
  'pte.clear': 'The page table of {task} **no longer shows** anything at {addr}.',
}

const idOf = (task: Id<'task'>, addr: number): Id<'pte'> => `pte:${task.slice(5)}.${addr / PAGE_SIZE}`

export function getPte(k: Kernel, addr: number, task: Id<'task'> = k.task): Pte | undefined {
  return k.world.find(idOf(task, addr))
}
export function setPte(k: Kernel, addr: number, pte: Pte, task: Id<'task'> = k.task): void {
  const id = idOf(task, addr)
  if (k.world.has(id)) k.world.remove(id)
  k.world.create(id, { ...pte })
  k.world.emit('pte.set', { task, addr, frame: pte.frame, prot: pte.prot, attr: pte.attr })
}
export function clearPte(k: Kernel, addr: number, task: Id<'task'> = k.task): void {
  const id = idOf(task, addr)
  if (!k.world.has(id)) return
  k.world.remove(id)
  k.world.emit('pte.clear', { task, addr })
}
export function freeTables(_k: Kernel, _task: Id<'task'>): void {}
