/** Amlogic G12B: a GPU that looks into the CPU's caches, and firmware that did not say so for years. */
import { maliFeatures, preset, type Preset } from '../../machine/platform.ts'

const board: Preset['board'] = {
  cpu: '4 × Cortex-A73, 2 × Cortex-A53', cpuL2Bytes: [],
  gpu: { name: 'Mali-G52', driver: 'panfrost', ...maliFeatures({ l2: 0x0711_0206, mmu: 0x2823 }), flush: 'written back and emptied before and after each job', maps: 'cached, where firmware says coherent' },
  display: { name: 'VPU', contiguous: true },
  sources: [
    { title: 'meson-g12b.dtsi', version: 'Linux 6.1', url: 'https://elixir.bootlin.com/linux/v6.1/source/arch/arm64/boot/dts/amlogic/meson-g12b.dtsi' },
    { title: 'arm64: dts: meson: Describe G12b GPU as coherent', version: 'Linux 5.11', url: 'https://git.kernel.org/linus/03544505cb10' },
    { title: 'drm/panfrost: Support cache-coherent integrations', version: 'Linux 5.11', url: 'https://git.kernel.org/linus/268af50f38b1' },
    { title: 'iommu/io-pgtable-arm: Support coherency for Mali LPAE', version: 'Linux 5.11', url: 'https://git.kernel.org/linus/728da60da7c1' },
  ],
  unverified: ['sizes of all caches: the GPU\'s are those that a G52 reports in other chips', 'that the display has no IOMMU', 'that no other device is coherent'],
}
const wired = {
  cls: 'IOC', devCls: { display: 'NC', other: 'NC' }, dramBase: 0x0100_0000, board,
  leavesOut: 'Register writes at power-up that this chip\'s GPU needs. What snooping costs: one demo ran at 48 to 54 frames a second with it and at 60 without.',
} as const satisfies Partial<Preset>

export default [
  preset({
    ...wired, id: 'amlogic-g12b', title: 'Amlogic G12B · I/O coherent', place: 3,
    why: 'The GPU looks into the CPU\'s caches and its driver knows, so its buffers are cached and nothing is cleaned for it. The display still sees memory only.',
  }),
  preset({
    ...wired, id: 'amlogic-g12b-undeclared', title: 'Amlogic G12B · I/O coherent, firmware says no', place: 4, dtCoherent: { gpu: false },
    why: 'The same chip before Linux 5.11: the GPU looks into the CPU\'s caches and nobody told the kernel. Cleaned lines stay valid there, the drawing goes past them, and the GPU is given the old ones.',
  }),
]
