/**
 * The fake offset as a driver's own ioctl tells it (panfrost's MMAP_BO and its like).
 * Mirrors: panfrost_ioctl_mmap_bo; drm_gem_map_offset of the summer of 2019.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { lookupGem } from './gem.ts'
import { createMmapOffset } from './vma-offset.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'offset.refused.import': { gem: Id<'gem'> } }
}
export const says: Says = { 'offset.refused.import': '{gem} is **an import: its offset is not told**. EINVAL; the exporter should be asked instead.' }

export const mmapBoPlain = (k: Kernel, drmFile: Id<'drm_file'>, handle: number): number | Fail => {
  const gem = lookupGem(k, drmFile, handle)
  if (isFail(gem)) return gem
  createMmapOffset(k, gem)
  return k.world.get(gem).offset! * PAGE_SIZE
}

function refusing(k: Kernel, drmFile: Id<'drm_file'>, handle: number): number | Fail {
  const gem = lookupGem(k, drmFile, handle)
  if (isFail(gem)) return gem
  if (!k.world.get(gem).importAttach) return mmapBoPlain(k, drmFile, handle)
  k.world.emit('offset.refused.import', { gem })
  return fail('EINVAL')
}
/** KBLK: what MODE_MAP_DUMB says to imports is said here too. */
export const mmapBoRefusesImports = fn('drm_gem_map_offset', refusing)
/** MODE_MAP_DUMB in every release since 2017. */
export const dumbMapOffset = fn('drm_gem_dumb_map_offset', refusing)
