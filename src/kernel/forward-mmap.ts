/**
 * Drivers that forwarded the mapping of an import to its exporter by themselves, before the helpers did: what they do with the reference that
 * the core took for the area.
 * Mirrors: etnaviv_gem_prime_mmap_obj, the import branch of exynos_drm_gem_mmap. Leaves out: nothing that a caller sees.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { isFail, type Fail } from './fail.ts'
import { hooksOf, putGem } from './gem.ts'
import { vmGemSlot } from './gem-mmap.ts'
import { takeForOwn } from './gem-vm.ts'
import { orphan } from './ref.ts'

type Redirect = (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>) => void | Fail
type After = (k: Kernel, vma: Id<'vma'>, gem: Id<'gem'>, by: string) => void

export const isImport = (k: Kernel, gem: Id<'gem'>): boolean => k.world.get(gem).importAttach !== null

/** Nothing is put. Unless the exporter has left the area as it was, nobody can put that reference any more. */
export const forget: After = (k, vma, gem, by) => {
  const { priv, ops } = k.world.get(vma)
  if (priv !== gem || ops !== hooksOf(k, gem).vmOps) orphan(k.world, vma, vmGemSlot(gem), by)
}
/** The reference that drm_gem_mmap_obj took for the area is dropped; the exporter has its own. */
export const put: After = (k, vma, gem) => putGem(k, vma, vmGemSlot(gem))

export const redirecting = (by: string, after: After): Redirect => fn(by, (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void | Fail => {
  const refused = k.parts.dmaBufMmap(k, k.world.get(gem).dmaBuf!, vma, 0)
  if (isFail(refused)) return refused
  after(k, vma, gem, by)
})

/** fops->mmap of 5.2: the core's part, a cast of what the area names, and then the way of an import or of the driver's own object. */
export const forwardingMmap52 = (name: string, redirect: Redirect, own: Redirect) => fn(name, (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail => {
  const result = k.parts.gemMmap(k, file, vma)
  if (isFail(result)) return result
  const gem = takeForOwn(k, file, vma, name)
  if (!gem) return undefined
  if (!isImport(k, gem)) return own(k, gem, vma)
  const refused = redirect(k, gem, vma)
  // Nobody closes the area of a handler that failed.
  if (isFail(refused)) orphan(k.world, vma, vmGemSlot(gem), name)
  return refused
})
