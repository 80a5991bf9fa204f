/** An RK3399 with a mistake in its device tree: the GPU is said to look into the CPU's caches, and does not. */
import { maliFeatures, preset } from '../../machine/platform.ts'

export default preset({
  id: 'rk3399-called-coherent', title: 'RK3399 · non-coherent, firmware says coherent', place: 1.5,
  why: 'The same board with one wrong line in its device tree. The kernel believes that the GPU looks into the caches: every call that would clean or invalidate for it does nothing.',
  cls: 'NC', dtCoherent: { gpu: true }, dramBase: 0x0020_0000,
  leavesOut: 'It is no board that anybody ships. The display\'s IOMMU: it reads physical addresses here.',
  board: {
    cpu: '2 × Cortex-A72, 4 × Cortex-A53', cpuL2Bytes: [2 ** 20, 2 ** 19],
    gpu: { name: 'Mali-T860 MP4', driver: 'panfrost', ...maliFeatures({ l2: 0x0712_0206, mmu: 0x2830, as: 0xff, js: 0x7 }), flush: 'written back and emptied before and after each job', maps: 'cached, as firmware says coherent' },
    display: { name: 'VOP', contiguous: true },
    sources: [{ title: 'of_dma_is_coherent: what dma-coherent in a device tree does', version: 'Linux 6.1', url: 'https://elixir.bootlin.com/linux/v6.1/source/drivers/of/address.c' }],
    unverified: ['sizes of the CPU\'s caches', 'what a real GPU does when its walker is asked to look where it is not wired to'],
  },
})
