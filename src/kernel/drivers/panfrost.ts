/**
 * panfrost: the driver of Mali GPUs, its buffers from the shmem helper. In 5.2 a buffer gets a place on the GPU when it is made or
 * imported, and keeps it until it is freed. Later it gets one when a file gets a handle, and the place holds the buffer; it goes with the
 * file's last handle, or with the last job that uses it.
 * Mirrors: panfrost_drv.c, panfrost_gem.c (panfrost_gem_open, panfrost_gem_close, panfrost_gem_free_object), panfrost_gem_shrinker.c.
 * Leaves out: a place for each file; that in 5.2 the place was taken with the object, before its pages were mapped there.
 */
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { isDmaCoherent } from '../dma-map.ts'
import { driver } from '../driver.ts'
import { fail, isFail, type Fail } from '../fail.ts'
import { putGem } from '../gem.ts'
import type { DriverHooks } from '../hooks.ts'
import { jobsWith } from '../job.ts'
import { mapOnGpu, probeMmu, teardownMapping, unmapFromGpu } from '../panfrost-mmu.ts'
import { holds, take } from '../ref.ts'
import { createShmemWithHandle, freeShmem, isPurgeable, purge } from '../shmem.ts'
import { shmemHooks, shmemHooks52 } from '../shmem-hooks.ts'
import type { Says } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'bo.refused.pin': { gem: Id<'gem'> } }
}
export const says: Says = { 'bo.refused.pin': '{gem} is a heap and **cannot be shared**: EINVAL.' }

const slotOf = (drmFile: Id<'drm_file'>, gem: Id<'gem'>): string => `GPU mapping of ${drmFile.slice(9)} ${gem}`

const gemOpen = fn('panfrost_gem_open', (k: Kernel, gem: Id<'gem'>, drmFile: Id<'drm_file'>): void | Fail => {
  const slot = slotOf(drmFile, gem)
  if (holds(k.world, drmFile, slot)) return
  take(k.world, drmFile, slot, gem, 'refcount')
  const refused = mapOnGpu(k, gem)
  if (isFail(refused)) putGem(k, drmFile, slot)
  return refused
})

/** Nobody uses the place any more: no file, no job. */
const putMapping = fn('panfrost_gem_mapping_put', (k: Kernel, gem: Id<'gem'>) => {
  const { world } = k
  const used = world.ids('drm_file').some(file => holds(world, file, slotOf(file, gem))) || jobsWith(k, gem).length > 0
  if (!used) unmapFromGpu(k, gem)
})

/** The last handle of this file goes, and with it its share of the place on the GPU. */
const gemClose = fn('panfrost_gem_close', (k: Kernel, gem: Id<'gem'>, drmFile: Id<'drm_file'>) => {
  const { world } = k
  const slot = slotOf(drmFile, gem)
  const handles = Object.values(world.get(drmFile).handles).filter(held => held === gem).length
  if (handles > 1 || !holds(world, drmFile, slot)) return
  const others = world.ids('drm_file').some(file => file !== drmFile && holds(world, file, slotOf(file, gem)))
  if (!others && jobsWith(k, gem).length === 0) unmapFromGpu(k, gem)
  putGem(k, drmFile, slot)
})

/** A heap has no pages that could be given to another device. */
const gemPin = fn('panfrost_gem_pin', (k: Kernel, gem: Id<'gem'>): void | Fail => {
  if (!k.world.get(gem).heap) return k.parts.shmemPin(k, gem)
  k.world.emit('bo.refused.pin', { gem })
  return fail('EINVAL')
})

/** Buffers whose owners do not need them, and that no job uses: entries of the GPU first, then the pages. */
const shrink = fn('panfrost_gem_shrinker_scan', (k: Kernel, device: Id<'device'>): number => {
  const { world } = k
  const found = world.ids('gem').filter(gem => world.get(gem).device === device && isPurgeable(k, gem) && jobsWith(k, gem).length === 0)
  for (const gem of found) {
    teardownMapping(k, gem)
    purge(k, gem)
  }
  return found.length
})

const gemFree = fn('panfrost_gem_free_object', (k: Kernel, gem: Id<'gem'>) => {
  unmapFromGpu(k, gem)
  freeShmem(k, gem)
})

const withoutDumb = ({ dumbCreate: _, ...hooks }: DriverHooks): DriverHooks => hooks
const hooks52: DriverHooks = { ...withoutDumb(shmemHooks52), probe: probeMmu, gemFree }
const hooksNow: DriverHooks = { ...withoutDumb(shmemHooks({ attr: 'wc' })), probe: probeMmu, gemFree, gemOpen, gemClose, pin: gemPin, jobPut: putMapping, shrink }

export default driver({
  name: 'panfrost',
  inShort: 'In 5.2 it shows the pages of an import itself; since 5.9 it hands the mapping to the exporter. SYNC waits for fences only.',
  importer: { title: 'panfrost', why: 'The driver that the thread is about: buffers of the shared-memory helper, a Mali GPU.' },
  releases: {
    '5.2': {
      ...hooks52,
      createObject: fn('panfrost_gem_create_object', () => undefined),
      createBo: createShmemWithHandle,
      attrOf: () => 'wc',
      importSgTable(k, attachment, sgt) {
        const gem = hooks52.importSgTable!(k, attachment, sgt)
        // The error of that is not looked at: the buffer would then have no place on the GPU.
        if (!isFail(gem)) mapOnGpu(k, gem)
        return gem
      },
    },
    '6.1': {
      ...hooksNow,
      attrOf: (k, device) => (isDmaCoherent(k, device) ? 'wb' : 'wc'),
      importSgTable(k, attachment, sgt) {
        const gem = hooksNow.importSgTable!(k, attachment, sgt)
        if (!isFail(gem)) k.world.set(gem, 'noexec', true)
        return gem
      },
    },
  },
})
