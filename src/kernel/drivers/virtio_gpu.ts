/**
 * virtio_gpu: the graphics device of a virtual machine. It exports, but takes no foreign buffers.
 * Mirrors: drivers/gpu/drm/virtio (TTM in 5.2, the shmem helper in 6.1). Leaves out: commands to the host, late return of offsets.
 */
import { fail } from '../fail.ts'
import { driver } from '../driver.ts'
import { primeMmap52 } from '../gem-mmap.ts'
import { fn } from '../context.ts'
import type { DriverHooks } from '../hooks.ts'
import { fillFilp, sgFromPages } from '../shmem.ts'
import { shmemHooks } from '../shmem-hooks.ts'
import { mmapBoPlain } from '../mmap-bo.ts'
import { ttmHooks52 } from '../ttm.ts'

const now = shmemHooks({ attr: 'wb' })
const only32: DriverHooks['dumbCreate'] = (k, drmFile, args) => (args.bpp === 32 ? now.dumbCreate!(k, drmFile, args) : fail('EINVAL'))
const only32In52: DriverHooks['dumbCreate'] = (k, drmFile, args) => (args.bpp === 32 ? ttmHooks52.dumbCreate!(k, drmFile, args) : fail('EINVAL'))

export default driver({
  name: 'virtio_gpu',
  inShort: 'Shares its buffers, but refuses foreign ones (ENODEV). SYNC waits for fences only.',
  releases: {
    '5.2': {
      ...ttmHooks52, dumbCreate: only32In52, canExport: true, canImport: true, primeMmap: primeMmap52,
      getSgTable: fn('virtgpu_gem_prime_get_sg_table', (k, gem) => sgFromPages(fillFilp(k, gem))),
      // The device cannot map foreign pages here: the attempt ends before the driver's own answer.
      importSgTable: () => fail('ENOMEM'),
    },
    '6.1': {
      ...now, modeset: true, expName: 'virtio_gpu', dumbCreate: only32, importSgTable: () => fail('ENODEV'),
      dumbMapOffset: fn('virtio_gpu_mode_dumb_mmap', mmapBoPlain),
    },
  },
})
