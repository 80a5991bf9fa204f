/**
 * virtio_gpu: the graphics device of a virtual machine. It exports, but takes no foreign buffers.
 * Mirrors: drivers/gpu/drm/virtio (TTM in 5.2, the shmem helper in 6.1). Leaves out: commands to the host, late return of offsets.
 */
import { fail } from '../fail.ts'
import { driver } from '../driver.ts'
import { primeMmap52 } from '../gem-mmap.ts'
import { fn } from '../context.ts'
import type { Id } from '../../journal/vocabulary.ts'
import type { DriverHooks } from '../hooks.ts'
import { warnOnce } from '../log.ts'
import type { Says } from '../syscall.ts'
import { fillFilp, sgFromPages } from '../shmem.ts'
import { shmemHooks } from '../shmem-hooks.ts'
import { mmapBoPlain } from '../mmap-bo.ts'
import { ttmDumbCreate, ttmHooks52 } from '../ttm.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'prime.refused.virtio': { attachment: Id<'attachment'> }; 'dumb.refused.bpp': { bpp: number } }
}
export const says: Says = {
  'prime.refused.virtio': 'virtio_gpu **cannot use foreign pages**: the attachment {attachment} is undone.',
  'dumb.refused.bpp': '{bpp} bits per pixel: virtio_gpu **knows only 32**. EINVAL.',
}

const now = shmemHooks({ attr: 'wb' })
const only32 = (create: DriverHooks['dumbCreate']): DriverHooks['dumbCreate'] => (k, drmFile, args) => {
  if (args.bpp === 32) return create!(k, drmFile, args)
  k.world.emit('dumb.refused.bpp', { bpp: args.bpp })
  return fail('EINVAL')
}
/** The attachment was made and mapped; only then does the answer come. */
const refusing = (errno: 'ENOMEM' | 'ENODEV'): DriverHooks['importSgTable'] =>
  fn('virtgpu_gem_prime_import_sg_table', (k, attachment) => {
    if (errno === 'ENOMEM') warnOnce(k, 'report_addr', 'kernel/dma/direct.c:43')
    k.world.emit('prime.refused.virtio', { attachment })
    return fail(errno)
  })

export default driver({
  name: 'virtio_gpu',
  inShort: 'Shares its buffers, but refuses foreign ones (ENODEV). SYNC waits for fences only.',
  releases: {
    '5.2': {
      ...ttmHooks52, fbLeast: 32, fbByHandle: true, dumbCreate: only32(ttmDumbCreate('virtio_gpu_mode_dumb_create', 'system')), canExport: true, canImport: true, primeMmap: primeMmap52,
      getSgTable: fn('virtgpu_gem_prime_get_sg_table', (k, gem) => sgFromPages(fillFilp(k, gem))),
      // The device cannot map foreign pages here: the attempt ends before the driver's own answer.
      importSgTable: refusing('ENOMEM'),
    },
    '6.1': {
      ...now, modeset: true, fbLeast: 32, fbByHandle: true, expName: 'virtio_gpu', dumbCreate: only32(now.dumbCreate), importSgTable: refusing('ENODEV'),
      dumbMapOffset: fn({ '6.1': 'virtio_gpu_mode_dumb_mmap', '6.18': 'drm_gem_dumb_map_offset' }, mmapBoPlain),
    },
  },
})
