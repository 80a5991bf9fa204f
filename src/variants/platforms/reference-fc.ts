/** No product: the machine on which nothing can be forgotten. */
import { preset } from '../../machine/platform.ts'

export default preset({
  id: 'reference-fc', title: 'Reference FC · coherent', place: 9,
  why: 'No product: every device looks into the caches of the CPU, so forgotten cleaning does not show.',
  cls: 'FC', ncAlias: 'selfsnoop', dramBase: 0x0020_0000,
  leavesOut: 'It is no product: a machine in which every device looks into the CPU\'s caches, and so does the CPU itself when it writes past them.',
  board: {
    cpu: 'any', cpuL2Bytes: [],
    gpu: { name: 'a GPU on a bus of two directions', driver: 'panfrost', l2Bytes: null, l2Ways: null, vaBits: null, paBits: null, spaces: null, slots: null, flush: 'none needed', maps: 'cached' },
    display: { name: 'any', contiguous: true },
    sources: [],
    unverified: [],
  },
})
