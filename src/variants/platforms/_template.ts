/** Copy me. A machine is data: how its devices are wired, what its firmware says of them, and what is told of it without changing a result. */
import { preset } from '../../machine/platform.ts'

export default preset({
  id: 'my-board', title: 'My board · non-coherent', place: 100,
  why: 'One sentence: what there is to see on it.',
  // NC: devices see memory. IOC: they also look into the CPU's caches. FC and X86: everybody looks everywhere.
  cls: 'NC',
  // Devices that are wired otherwise, by driver or by what they are: gpu, display, other.
  devCls: {},
  // What firmware says of a device, where that is not what is true.
  dtCoherent: {},
  dramBase: 0x4000_0000,
  leavesOut: 'What a reader must not believe.',
  board: {
    cpu: '4 × Cortex-A53', cpuL2Bytes: [],
    gpu: { name: 'Mali', driver: 'panfrost', l2Bytes: null, l2Ways: null, vaBits: null, paBits: null, spaces: null, slots: null, flush: 'before and after each job', maps: 'write-combined' },
    display: { name: 'display', contiguous: true },
    sources: [{ title: 'a device tree', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source' }],
    unverified: ['the size of every cache'],
  },
})
