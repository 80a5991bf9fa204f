/**
 * rockchip: the display of the RK3399. Its dumb buffers lie in contiguous memory, write-combined: exporter kind E3.
 * Mirrors: drivers/gpu/drm/rockchip without an IOMMU, where its buffers come from dma_alloc_attrs as those of the DMA helper do.
 * Leaves out: functions of its own for the same work (rockchip_gem_…), for which the helper's stand here; the IOMMU in front of the
 * display, with which real boards use scattered pages; planes.
 */
import { forgetEvents, probeCrtc } from '../crtc.ts'
import { driver } from '../driver.ts'
import { cmaHooks52, dmaHooks } from '../gem-dma-hooks.ts'

const display = { modeset: true, probe: probeCrtc, postClose: forgetEvents }

export default driver({
  name: 'rockchip',
  inShort: 'Contiguous buffers, mapped whole and write-combined. It takes foreign buffers in one piece only. SYNC waits for fences only.',
  exporter: {
    id: 'E3', title: 'KMS dumb buffer, contiguous', why: 'One contiguous range, write-combined, as a display without an IOMMU needs it: all of it is mapped at once, and nothing faults.',
    leavesOut: 'The display driver\'s own code for contiguous buffers: the helper that other drivers share stands for it.',
  },
  releases: { '5.2': { ...cmaHooks52, ...display }, '6.1': { ...dmaHooks, ...display } },
})
