/**
 * What a fault handler does with the page that it found: it goes into the page table, if the area is marked for that way of putting it in.
 * Mirrors: vmf_insert_page, vmf_insert_mixed, vmf_insert_pfn (mm/memory.c), each with the assertion at its beginning.
 * Leaves out: pages that are already there.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { assertionFailed } from './log.ts'

type Inserted = number | 'SIGBUS' | 'BUG' | 'OOPS'
type Insert = (k: Kernel, id: Id<'vma'>, page: number | undefined) => Inserted

/** Beyond the end there is no page. Below 0: memory that the kernel has no page for, and the handler looks at one all the same. */
const inserting = (name: string, insert: (k: Kernel, id: Id<'vma'>, page: number) => Inserted): Insert => {
  const put = fn(name, (k: Kernel, id: Id<'vma'>, page: number) => (page < 0 ? 'OOPS' : insert(k, id, page)))
  return (k, id, page) => (page === undefined ? 'SIGBUS' : put(k, id, page))
}
const bug = (k: Kernel, place: string): 'BUG' => {
  assertionFailed(k, place)
  return 'BUG'
}
const intoMixed = (k: Kernel, id: Id<'vma'>, page: number): Inserted => (k.world.get(id).flags.includes('mm') ? page : bug(k, 'mm/memory.c:1523'))

/** A page of its own, or one of either kind: the area must be marked as mixed. */
export const vmfInsertPage = inserting('vmf_insert_page', intoMixed)
export const vmfInsertMixed = inserting('vmf_insert_mixed', intoMixed)

/** A frame without a page of its own: never into an area that copies what is written. */
export const vmfInsertPfn = inserting('vmf_insert_pfn', (k, id, page) => {
  const { flags } = k.world.get(id)
  return flags.includes('mw') && !flags.includes('sh') ? bug(k, 'mm/memory.c:1695') : page
})
