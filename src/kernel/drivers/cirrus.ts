/**
 * cirrus: a display card of a virtual machine, with buffers of the shmem helper in 5.2 and in 6.1.
 * Mirrors: drivers/gpu/drm/cirrus (drm/tiny/cirrus.c). Leaves out: the copy of the picture to the card's own memory.
 */
import { driver } from '../driver.ts'
import { shmemHooks, shmemHooks52 } from '../shmem-hooks.ts'

/** CIRRUS_MAX_PITCH / 2, and the memory of the card. */
const limits = { fbMost: [2044, 1024], fbMemory: 4 * 2 ** 20 } as const

export default driver({
  name: 'cirrus',
  inShort: 'Shared-memory buffers, like panfrost\'s. Since 5.9 it hands the mapping of an import to its exporter. SYNC waits for fences only.',
  importer: {
    title: 'cirrus (a display that only has dumb buffers)', why: 'A display on the shmem helper as importer, as software rendering finds it: no call tells an offset for an import, and the offset is there.',
    leavesOut: 'A display has no render node; here it has one, so that one program serves all importers. There is no GPU: the CPU draws, and nothing is handed over.',
  },
  releases: {
    '5.2': { ...shmemHooks52, modeset: true, ...limits, firstFb: 35 },
    '6.1': { ...shmemHooks({ attr: 'wb' }), modeset: true, ...limits, firstFb: 36 },
  },
})
