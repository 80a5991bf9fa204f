/**
 * Holes in memory files, and the end of one: pages leave the file, parts of pages are filled with zeros.
 * Mirrors: madvise_remove, shmem_fallocate with PUNCH_HOLE, shmem_undo_range, unmap_mapping_range. Leaves out: that frames go back to the
 * system at once; here they stay with the file, for whoever still shows them.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { fail, type Fail } from './fail.ts'
import { freePage, writeBytes } from './page.ts'
import { clearPtes, ptesIn } from './pgtable.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'memfd.punch': { memfd: Id<'memfd'>; index: number; pages: number }; 'memfd.zero': { memfd: Id<'memfd'>; offset: number; length: number } }
}
export const says: Says = {
  'memfd.punch': '{pages} {pages#page|pages} of {memfd} from page {index} on **{pages#leaves|leave} the file**: zeros will be read there. Who held them before still sees them.',
  'memfd.zero': '{length} bytes of {memfd} from {offset} on are filled with **zeros**; the page they lie in stays.',
}

/** Only a memory file can give pages back. */
export function punchHoleAnywhere(k: Kernel, id: Id<'vma'>, start: number, end: number): void | Fail {
  const { world } = k
  const vma = world.get(id)
  const { kind, priv } = world.get(vma.file!)
  if (kind !== 'memfd' && kind !== 'shmem') return fail('ENODEV')
  return punchHole(k, priv as Id<'memfd'>, vma.pgoff * PAGE_SIZE + (start - vma.start), end - start)
}

/** Empties a range of bytes; a seal against writing stands against it. */
export function punchHole(k: Kernel, memfd: Id<'memfd'>, offset: number, length: number): void | Fail {
  const { world } = k
  const { seals, pages } = world.get(memfd)
  if (seals.some(seal => seal === 'WRITE' || seal === 'FUTURE_WRITE')) {
    world.emit('memfd.refused.seal', { memfd })
    return fail('EPERM')
  }
  const end = Math.min(offset + length, pages.length * PAGE_SIZE)
  emptyBytes(k, memfd, offset, end, false)
}

/** Whole pages leave the file and every area that shows them, parts of pages become zeros. With `copies` the private copies of processes go as well. */
export function emptyBytes(k: Kernel, memfd: Id<'memfd'>, from: number, to: number, copies: boolean): void {
  if (to <= from) return
  const { world } = k
  const first = Math.ceil(from / PAGE_SIZE)
  const last = Math.floor(to / PAGE_SIZE)
  if (last >= first) {
    zero(k, memfd, from, first * PAGE_SIZE)
    zero(k, memfd, last * PAGE_SIZE, to)
  } else zero(k, memfd, from, to)
  if (last <= first) return
  unmapPages(k, memfd, first, last, copies)
  const { pages, orphans } = world.get(memfd)
  const gone = pages.slice(first, last).filter(frame => frame >= 0)
  if (gone.length === 0) return
  world.set(memfd, 'pages', pages.map((frame, i) => (i >= first && i < last ? -1 : frame)))
  world.set(memfd, 'orphans', [...orphans, ...gone])
  world.emit('memfd.punch', { memfd, index: first, pages: gone.length })
}

/** Inside one page. */
function zero(k: Kernel, memfd: Id<'memfd'>, from: number, to: number): void {
  const frame = k.world.get(memfd).pages[Math.floor(from / PAGE_SIZE)] ?? -1
  if (to <= from || frame < 0) return
  writeBytes(k, frame, from % PAGE_SIZE, new Uint8Array(to - from))
  k.world.emit('memfd.zero', { memfd, offset: from, length: to - from })
}

/** Takes pages of the file out of every area of it. A private copy is no page of the file: it stays, unless the file ends before it. */
export function unmapPages(k: Kernel, memfd: Id<'memfd'>, first: number, last: number, copies: boolean): void {
  const { world } = k
  for (const task of world.ids('task')) {
    for (const id of world.get(task).vmas) {
      const { file, pgoff, start, end, flags } = world.get(id)
      if (!file || world.get(file).priv !== memfd) continue
      const at = (index: number): number => Math.min(end, Math.max(start, start + (index - pgoff) * PAGE_SIZE))
      for (const { addr, pte } of ptesIn(k, at(first), at(last), task)) {
        const copy = !flags.includes('ms') && pte.dirty
        if (copy && !copies) continue
        clearPtes(k, addr, addr + PAGE_SIZE, task)
        if (copy) freePage(k, pte.frame)
      }
    }
  }
}
