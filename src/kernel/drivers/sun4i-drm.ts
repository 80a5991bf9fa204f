/**
 * sun4i-drm: the display of Allwinner chips. Its buffers are the DMA helper's as they are: contiguous, mapped whole, write-combined.
 * Mirrors: drivers/gpu/drm/sun4i/sun4i_drv.c. Leaves out: planes and outputs; pitches that must be even.
 */
import { forgetEvents, probeCrtc } from '../crtc.ts'
import { driver } from '../driver.ts'
import { cmaHooks52, dmaHooks } from '../gem-dma-hooks.ts'

const display = { modeset: true, probe: probeCrtc, postClose: forgetEvents }

export default driver({
  name: 'sun4i-drm',
  inShort: 'Takes foreign buffers in one piece only, tells no offset for them (MAP_DUMB: EINVAL), and would not ask their exporter. SYNC waits for fences only.',
  importer: {
    title: 'sun4i-drm (DMA helper)', why: 'A display without an IOMMU as importer: the buffer must lie in one piece, and no call tells an offset to map it by.',
    leavesOut: 'A display has no render node; here it has one, so that one program serves all importers. There is no GPU: the CPU draws, and nothing is handed over.',
  },
  releases: { '5.2': { ...cmaHooks52, ...display }, '6.1': { ...dmaHooks, ...display } },
})
