/** A child's copy of an address space. Mirrors: dup_mmap, copy_page_range. Leaves out: copy-on-write of private pages (a private page is copied at once). */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { allocPage, copyPage } from './page.ts'
import { ptesIn, setPtes } from './pgtable.ts'
import { addVma, flagsOf, vmOpsOf } from './vma.ts'

export const copyAreas = fn('dup_mmap', (k: Kernel, child: Id<'task'>) => {
  const { world, task } = k
  for (const id of world.get(task).vmas) {
    const vma = world.get(id)
    if (vma.flags.includes('dc')) continue
    const copy = addVma(k, { ...vma, task: child, flags: flagsOf(vma.flags.filter(f => f !== 'lo')) })
    vmOpsOf(k, vma)?.open?.(k, copy)
    const isPrivate = !vma.flags.includes('ms')
    for (const { addr, pte } of ptesIn(k, vma.start, vma.end, task)) {
      if (!isPrivate || !pte.dirty) {
        setPtes(k, addr, [pte], child)
        continue
      }
      const frame = allocPage(k)
      copyPage(k, pte.frame, frame)
      setPtes(k, addr, [{ ...pte, frame }], child)
    }
  }
})
