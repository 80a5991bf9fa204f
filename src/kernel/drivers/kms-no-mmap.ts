/**
 * A display whose dma-bufs have no mmap: they can be shared, attached and read by devices, and no CPU reaches them by way of the buffer.
 * Mirrors: a dma_buf_ops without mmap, which the core allows since 5.7 or so, as vfio-pci and habanalabs have it for the memory of their cards; of a KMS
 * driver, none in particular. In 5.2 dma_buf_export insists on the hook.
 * Leaves out: whose memory it would be for which an exporter declines to map: here it is that of the DMA helper. The release in which the hook
 * became optional is UNVERIFIED.
 */
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { forgetEvents, probeCrtc } from '../crtc.ts'
import { driver } from '../driver.ts'
import { fail, type Fail } from '../fail.ts'
import { cmaHooks52, dmaHooks } from '../gem-dma-hooks.ts'
import { gemDmaBufOpsNow } from '../prime.ts'
import type { Says } from '../syscall.ts'

const { mmap: _, ...withoutMmap } = gemDmaBufOpsNow
const display = { modeset: true, probe: probeCrtc, postClose: forgetEvents }

declare module '../../journal/vocabulary.ts' {
  interface Events { 'prime.refused.ops': { gem: Id<'gem'> } }
}
export const says: Says = { 'prime.refused.ops': 'dma_buf_export finds **no mmap among the operations** for {gem} and refuses: EINVAL.' }
const refuseExport = fn('dma_buf_export', (k: Kernel, gem: Id<'gem'>): Fail => {
  k.world.emit('prime.refused.ops', { gem })
  return fail('EINVAL')
})

export default driver({
  name: 'kms-no-mmap',
  inShort: 'Its dma-bufs have no mmap: whoever asks for one, a process or an importer that redirects, gets EINVAL. SYNC waits for fences only.',
  exporter: {
    id: 'no-mmap', title: 'a dma-buf without mmap', why: 'Today an exporter may leave the mmap of its buffers out; in Linux 5.2 such a buffer could not be exported at all. Devices share them; a CPU cannot get in by the descriptor, nor through an importer that redirects.',
  },
  releases: { '5.2': { ...cmaHooks52, ...display, primeExport: refuseExport }, '6.1': { ...dmaHooks, ...display, dmaBufOps: withoutMmap } },
})
