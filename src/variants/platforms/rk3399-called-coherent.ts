/** An RK3399 with a mistake in its device tree: the GPU is said to look into the CPU's caches, and does not. */
import { preset } from '../../machine/platform.ts'
import { board, wired } from './rk3399.ts'

export default preset({
  ...wired, id: 'rk3399-called-coherent', title: 'RK3399 · non-coherent, firmware says coherent', place: 1.5,
  why: 'The same board with one wrong line in its device tree. The kernel believes that the GPU looks into the caches: every call that would clean or invalidate for it does nothing.',
  dtCoherent: { gpu: true },
  leavesOut: 'It is no board that anybody ships. The display\'s IOMMU: it reads physical addresses here.',
  board: {
    ...board,
    gpu: { ...board.gpu, maps: 'cached, as firmware says coherent' },
    sources: [{ title: 'of_dma_is_coherent: what dma-coherent in a device tree does', version: 'Linux 6.1', url: 'https://elixir.bootlin.com/linux/v6.1/source/drivers/of/address.c' }],
    unverified: ['sizes of the CPU\'s caches', 'what a real GPU does when its walker is asked to look where it is not wired to'],
  },
})
