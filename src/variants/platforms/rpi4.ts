/** Raspberry Pi 4: a VideoCore GPU of the same helper as panfrost, and a display that wants one piece. */
import { preset } from '../../machine/platform.ts'

export default preset({
  id: 'rpi4', title: 'Raspberry Pi 4 · non-coherent', place: 7,
  why: 'The board of v3d: always write-combined, caches emptied before a job, and a display that takes contiguous memory only.',
  cls: 'NC', dramBase: 0x0040_0000,
  leavesOut: 'Slice caches of the GPU, which are read-only; the order in which its caches are emptied; after a job that only draws, v3d cleans less than here.',
  board: {
    cpu: '4 × Cortex-A72', cpuL2Bytes: [2 ** 20],
    gpu: { name: 'V3D 4.2', driver: 'v3d', l2Bytes: null, l2Ways: null, vaBits: 32, paBits: null, spaces: 1, slots: null, flush: 'emptied before a job, from the outside in; written back after compute', maps: 'write-combined' },
    display: { name: 'HVS (vc4)', contiguous: true },
    sources: [
      { title: 'v3d_invalidate_caches, v3d_clean_caches', version: 'Linux 6.1', url: 'https://elixir.bootlin.com/linux/v6.1/source/drivers/gpu/drm/v3d/v3d_gem.c' },
      { title: 'v3d_mmu.c', version: 'Linux 6.1', url: 'https://elixir.bootlin.com/linux/v6.1/source/drivers/gpu/drm/v3d/v3d_mmu.c' },
      { title: 'ARM Cortex-A72 tuning: memory access', version: 'sizes of the caches, February 2021', url: 'http://sandsoftwaresound.net/arm-cortex-a72-tuning-memory-access/' },
    ],
    unverified: ['where the memory used here begins'],
  },
})
