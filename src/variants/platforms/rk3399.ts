/** Rockchip RK3399: the board of the thread's years. No device looks into a cache. */
import { maliFeatures, preset, type Preset } from '../../machine/platform.ts'

export const board: Preset['board'] = {
  cpu: '2 × Cortex-A72, 4 × Cortex-A53', cpuL2Bytes: [2 ** 20, 2 ** 19],
  gpu: { name: 'Mali-T860 MP4', driver: 'panfrost', ...maliFeatures({ l2: 0x0712_0206, mmu: 0x2830, as: 0xff, js: 0x7 }), flush: 'written back and emptied before and after each job', maps: 'write-combined' },
  display: { name: 'VOP', contiguous: true },
  sources: [
    { title: 'panfrost_gpu_init_features', version: 'Linux 5.2, as printed at boot: L2:0x07120206 MMU:0x00002830', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/panfrost/panfrost_gpu.c' },
    { title: 'rk3399.dtsi', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/arch/arm64/boot/dts/rockchip/rk3399.dtsi' },
    { title: 'rockchip-iommu.c', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/iommu/rockchip-iommu.c' },
  ],
  unverified: ['sizes of the CPU\'s caches', 'that the GPU\'s node in the device tree says nothing of coherency'],
}
export const wired = { cls: 'NC', dramBase: 0x0020_0000 } as const satisfies Partial<Preset>

export default preset({
  ...wired, board, id: 'rk3399', title: 'RK3399 · non-coherent', place: 1,
  why: 'A board of the time: a Mali T860 and a display that see memory, but not the caches of the CPU.',
  leavesOut: 'The display\'s IOMMU: it reads physical addresses here.',
})
