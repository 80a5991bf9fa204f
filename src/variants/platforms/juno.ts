/** Arm Juno: a development board whose GPU is an ACE-Lite master, and said to be one. */
import { preset } from '../../machine/platform.ts'

export default preset({
  id: 'juno', title: 'Arm Juno · I/O coherent', place: 5,
  why: 'A GPU that looks into the CPU\'s caches beside a display that does not: what the GPU sees at once, the panel may show late.',
  cls: 'IOC', devCls: { display: 'NC', other: 'NC' }, dramBase: 0x8000_0000,
  leavesOut: 'The SMMU that can stand before the display.',
  board: {
    cpu: '2 × Cortex-A57 (A72 in r2), 4 × Cortex-A53, CCI-400', cpuL2Bytes: [],
    gpu: { name: 'Mali-T624', driver: 'panfrost', l2Bytes: null, l2Ways: null, vaBits: null, paBits: null, spaces: null, slots: null, flush: 'written back and emptied before and after each job', maps: 'cached, since 5.11' },
    display: { name: 'HDLCD', contiguous: true },
    sources: [{ title: 'juno-base.dtsi, gpu@2d000000 with dma-coherent', version: 'Linux 6.1', url: 'https://elixir.bootlin.com/linux/v6.1/source/arch/arm64/boot/dts/arm/juno-base.dtsi' }],
    unverified: ['that no device but the GPU is coherent'],
  },
})
