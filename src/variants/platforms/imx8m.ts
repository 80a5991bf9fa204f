/** NXP i.MX8M: a Vivante GPU, whose caches are flushed from its command stream, and a display that wants one piece. */
import { preset } from '../../machine/platform.ts'

export default preset({
  id: 'imx8m', title: 'i.MX8M · non-coherent', place: 6,
  why: 'The board of etnaviv: each buffer is cached, write-combined or uncached as it was asked for, and the display takes contiguous memory only.',
  cls: 'NC', dramBase: 0x4000_0000,
  leavesOut: 'Commands in the ring that flush the GPU\'s caches: they are emptied around each job here.',
  board: {
    cpu: '4 × Cortex-A53', cpuL2Bytes: [2 ** 20],
    gpu: { name: 'Vivante GC7000L', driver: 'etnaviv', l2Bytes: null, l2Ways: null, vaBits: 32, paBits: 40, spaces: null, slots: null, flush: 'by commands in the ring around each submit', maps: 'cached, write-combined or uncached, as each buffer asks; imports write-combined' },
    display: { name: 'LCDIF, DCSS', contiguous: true },
    sources: [
      { title: 'etnaviv_gem.c', version: 'Linux 6.1', url: 'https://elixir.bootlin.com/linux/v6.1/source/drivers/gpu/drm/etnaviv/etnaviv_gem.c' },
      { title: 'etnaviv_iommu_v2.c', version: 'Linux 6.1', url: 'https://elixir.bootlin.com/linux/v6.1/source/drivers/gpu/drm/etnaviv/etnaviv_iommu_v2.c' },
    ],
    unverified: ['the size of the CPU\'s cache', 'which flush commands stand where in the ring'],
  },
})
