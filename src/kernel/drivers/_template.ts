/**
 * Copy me. What the device is, and what it does when somebody maps one of its buffers or an import.
 * Mirrors: the driver's folder in the kernel tree. Leaves out: what the real one does that matters to nobody here.
 */
import { forgetEvents, probeCrtc } from '../crtc.ts'
import { driver } from '../driver.ts'
import { shmemHooks, shmemHooks52 } from '../shmem-hooks.ts'

/** It shows pictures; a device that only draws has none of these three. */
const display = { modeset: true, probe: probeCrtc, postClose: forgetEvents }

export default driver({
  name: 'mine',
  inShort: 'One line for the inspector: what it does on mmap of an import, and on SYNC.',
  // A table of hooks per release; a release without one takes the next older. `gem-dma-hooks.ts` has those of contiguous memory.
  releases: { '5.2': { ...shmemHooks52, ...display }, '6.1': { ...shmemHooks({ attr: 'wc' }), ...display } },
})
