/**
 * A display whose buffers lie in a part of memory that was kept from the kernel at boot (a reserved region marked `no-map`): exporter kind E4.
 * There is no struct page for it, so a list for importers holds addresses for devices and nothing that could be put into a mapping. Only this
 * driver knows the frames, and it has to wake the device before a CPU may touch them.
 * Mirrors: a KMS driver on the DMA helper with memory from dma_alloc_from_dev_coherent, none in particular.
 * Leaves out: the borders of the region: its frames are taken from the one memory of the machine, and cleared through the kernel's own mapping, which
 * a real one is not in. What a bus does when a sleeping device is touched.
 */
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { forgetEvents, probeCrtc } from '../crtc.ts'
import { driver } from '../driver.ts'
import { isFail, type Fail } from '../fail.ts'
import { cmaHooks52, dmaHooks } from '../gem-dma-hooks.ts'
import { dmaVmOps } from '../gem-dma-mmap.ts'
import type { DriverHooks, VmOps } from '../hooks.ts'
import { drop, holds, take } from '../ref.ts'
import type { Says } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events {
    'carveout.awake': { vma: Id<'vma'>; gem: Id<'gem'> }
    'carveout.asleep': { vma: Id<'vma'>; gem: Id<'gem'> }
    'carveout.sgt': { gem: Id<'gem'>; dmaAddr: number; sizeBytes: number }
  }
}
export const says: Says = {
  'carveout.awake': 'The device behind {gem} is **kept awake while {vma} exists**: without that its memory would not answer. Only its own driver knows to do this.',
  'carveout.asleep': '{vma} no longer needs the device behind {gem}: it **may sleep** again.',
  'carveout.sgt': '{gem} is described by **an address for devices alone**: {sizeBytes} bytes from {dmaAddr} on, and no `struct page`.',
}

const AWAKE = 'pm_runtime'
const wake = fn('pm_runtime_get_sync', (k: Kernel, vma: Id<'vma'>, gem: Id<'gem'>) => {
  k.world.emit('carveout.awake', { vma, gem })
  take(k.world, vma, AWAKE, gem, 'pagesUse')
})
const letSleep = fn('pm_runtime_put', (k: Kernel, vma: Id<'vma'>, gem: Id<'gem'>) => {
  drop(k.world, vma, AWAKE)
  k.world.emit('carveout.asleep', { vma, gem })
})

const gemOf = (k: Kernel, vma: Id<'vma'>): Id<'gem'> => k.world.get(vma).priv as Id<'gem'>
/** An area that was made shows one of this driver's own objects, unless it is an import: then whoever exported it did what it must. */
function awake(k: Kernel, vma: Id<'vma'>, result: void | Fail): void | Fail {
  if (isFail(result) || k.world.get('kernel:0').bug) return result
  const gem = gemOf(k, vma)
  if (k.world.get(gem).importAttach === null) wake(k, vma, gem)
  return result
}

const vmOps: VmOps = {
  open: fn('kms_carveout_vm_open', (k, vma: Id<'vma'>) => {
    dmaVmOps.open!(k, vma)
    awake(k, vma, undefined)
  }),
  close: fn('kms_carveout_vm_close', (k, vma: Id<'vma'>) => {
    if (holds(k.world, vma, AWAKE)) letSleep(k, vma, gemOf(k, vma))
    dmaVmOps.close!(k, vma)
  }),
}

const own: DriverHooks = {
  modeset: true, probe: probeCrtc, postClose: forgetEvents, vmOps: 'kms_carveout_vm_ops', ownVmOps: vmOps,
  getSgTable: fn('kms_carveout_get_sg_table', (k, gem) => {
    const { dmaAddr, sizeBytes } = k.world.get(gem)
    k.world.emit('carveout.sgt', { gem, dmaAddr: dmaAddr!, sizeBytes })
    return [{ page: null, len: sizeBytes, dma: dmaAddr }]
  }),
}

export default driver({
  name: 'kms-carveout',
  inShort: 'Memory without struct page, write-combined, mapped whole; the device is woken first. Importers that show pages themselves oops. SYNC waits for fences only.',
  exporter: {
    id: 'E4', title: 'carve-out without struct page', why: 'Memory that the kernel does not manage. Devices get an address, a CPU can reach it only through the exporter: an importer that puts the pages in itself has none to put in.',
    leavesOut: 'The borders of the reserved region: its frames are taken from the one memory of the machine.',
  },
  releases: {
    '5.2': { ...cmaHooks52, ...own, mmap: (k, file, vma) => awake(k, vma, cmaHooks52.mmap!(k, file, vma)), primeMmap: (k, gem, vma) => awake(k, vma, cmaHooks52.primeMmap!(k, gem, vma)) },
    '6.1': { ...dmaHooks, ...own, gemMmap: (k, gem, vma) => awake(k, vma, dmaHooks.gemMmap!(k, gem, vma)) },
  },
})
