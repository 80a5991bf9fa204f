/**
 * vkms: a virtual display.
 * Mirrors: drivers/gpu/drm/vkms. Leaves out: its picture, planes and writeback; in 5.2 it could not share buffers.
 */
import { driver } from '../driver.ts'
import { shmemHooks } from '../shmem-hooks.ts'
import { vkms52 } from '../vkms-52.ts'

export default driver({
  name: 'vkms',
  inShort: 'Cached shared-memory buffers. Hands the mapping of an import to its exporter. SYNC waits for fences only.',
  releases: {
    '5.2': vkms52,
    '6.1': { ...shmemHooks({ attr: 'wb' }), modeset: true, fbLeast: 20, firstFb: 44 },
    '6.12': { ...shmemHooks({ attr: 'wb' }), modeset: true, fbLeast: 20, firstFb: 47 },
  },
})
