/**
 * panfrost: the driver of Mali GPUs, its buffers from the shmem helper. In 5.2 every buffer gets a place on the GPU when it is
 * made or imported; later, when a file gets a handle, and that place holds the buffer.
 * Mirrors: panfrost_drv.c, panfrost_gem.c (panfrost_gem_open, panfrost_gem_close). Leaves out: page tables of the GPU, caches, shrinker.
 */
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { driver } from '../driver.ts'
import { isFail } from '../fail.ts'
import { putGem } from '../gem.ts'
import type { DriverHooks } from '../hooks.ts'
import { holds, take } from '../ref.ts'
import { shmemHooks, shmemHooks52 } from '../shmem-hooks.ts'
import type { Says } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'gpu.probe': { device: Id<'device'> }; 'gpu.place': { gem: Id<'gem'>; gpuVa: number } }
}
export const says: Says = {
  'gpu.probe': '{device} has a GPU address space of its own, empty from 32 MiB on.',
  'gpu.place': 'The GPU sees {gem} at **{gpuVa}**.',
}

const FIRST_VA = 32 * 2 ** 20
const mmuOf = (device: Id<'device'>): Id<'gpu_mmu'> => `gpu_mmu:${device.slice(7)}`

function probe(k: Kernel, device: Id<'device'>): void {
  const mmu = k.world.create(mmuOf(device), { device, transtab: 0, memattr: 0, nextVa: FIRST_VA, faulted: false })
  k.world.set(device, 'mmu', mmu)
  k.world.emit('gpu.probe', { device })
}

export const placeOnGpu = fn('panfrost_mmu_map', (k: Kernel, gem: Id<'gem'>) => {
  const { world } = k
  const { device, gpuVa, sizeBytes } = world.get(gem)
  if (gpuVa !== null) return
  const mmu = mmuOf(device)
  const at = world.get(mmu).nextVa
  world.set(mmu, 'nextVa', at + sizeBytes)
  world.set(gem, 'gpuVa', at)
  world.emit('gpu.place', { gem, gpuVa: at })
})

const slotOf = (drmFile: Id<'drm_file'>): string => `GPU mapping of ${drmFile.slice(9)}`
const gemOpen = fn('panfrost_gem_open', (k: Kernel, gem: Id<'gem'>, drmFile: Id<'drm_file'>) => {
  if (holds(k.world, drmFile, `${slotOf(drmFile)} ${gem}`)) return
  take(k.world, drmFile, `${slotOf(drmFile)} ${gem}`, gem, 'refcount')
  placeOnGpu(k, gem)
})
/** The last handle of this file goes, and with it the place on the GPU. */
const gemClose = fn('panfrost_gem_close', (k: Kernel, gem: Id<'gem'>, drmFile: Id<'drm_file'>) => {
  const handles = Object.values(k.world.get(drmFile).handles).filter(held => held === gem).length
  if (handles <= 1 && holds(k.world, drmFile, `${slotOf(drmFile)} ${gem}`)) putGem(k, drmFile, `${slotOf(drmFile)} ${gem}`)
})

const withoutDumb = ({ dumbCreate: _, ...hooks }: DriverHooks): DriverHooks => hooks
const hooks52 = withoutDumb(shmemHooks52)

export default driver({
  name: 'panfrost',
  inShort: 'In 5.2 it shows the pages of an import itself; since 5.9 it hands the mapping to the exporter. SYNC waits for fences only.',
  releases: {
    '5.2': {
      ...hooks52,
      probe,
      importSgTable(k, attachment, sgt) {
        const gem = hooks52.importSgTable!(k, attachment, sgt)
        if (!isFail(gem)) placeOnGpu(k, gem)
        return gem
      },
    },
    '6.1': { ...withoutDumb(shmemHooks({ attr: 'wc' })), probe, gemOpen, gemClose },
  },
})
