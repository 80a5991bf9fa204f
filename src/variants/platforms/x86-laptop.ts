/** A laptop: everything is coherent, uncached accesses look into the caches too, and only the display does not. */
import { x86 } from '../../hardware/page-table/x86-64.ts'
import { preset } from '../../machine/platform.ts'

export default preset({
  id: 'x86-laptop', title: 'x86 laptop · all but the display coherent', place: 8,
  why: 'Where most drivers were written: forgotten cleaning does not show, until somebody scans out what still lies in the CPU\'s cache.',
  cls: 'X86', devCls: { display: 'NC' }, ncAlias: 'selfsnoop', ucDrainsWc: true, linearFollows: true, dramBase: 0x0010_0000,
  cpuTables: x86,
  leavesOut: 'The table by which the display of such a chip finds scattered pages. A GPU cache that is flushed at each batch cannot be told from a coherent one.',
  board: {
    cpu: 'some cores with a shared last-level cache', cpuL2Bytes: [],
    gpu: { name: 'an integrated GPU', driver: 'i915', l2Bytes: null, l2Ways: null, vaBits: null, paBits: null, spaces: null, slots: null, flush: 'a pipe flush after each batch', maps: 'cached; write-combined for scan-out and for drivers of the shmem helper' },
    display: { name: 'a display that does not look into the last-level cache', contiguous: false },
    sources: [{ title: 'pat_init', version: 'Linux 5.4', url: 'https://elixir.bootlin.com/linux/v5.4/source/arch/x86/mm/pat.c' }, { title: 'i915_gem_object_pin_to_display_plane', version: 'Linux 5.4', url: 'https://elixir.bootlin.com/linux/v5.4/source/drivers/gpu/drm/i915/gem/i915_gem_domain.c' }],
    unverified: ['where the memory used here begins'],
  },
})
