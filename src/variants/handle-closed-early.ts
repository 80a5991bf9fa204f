/** V31: the offset is known, the handle is gone. */
import { askOffset, finish, mapsBy, mmapOf, offsetOf, refused, steps, type Mapping, type User } from '../machine/mesa.ts'
import { variant } from '../machine/variant.ts'

const closeThenMap = steps({
  ask: (user: User, { bo }: Mapping) => askOffset(user, bo),
  close: (user: User, { bo }: Mapping) => {
    const { fd, handle } = user.world.get(bo)
    return user.errno === null ? { call: 'drmCloseBufferHandle', vars: { fd, handle }, keep: { node: offsetOf(user) } } : refused(user.errno)
  },
  map: (user: User, { bo, node: offset }: Mapping) => mmapOf(user, bo, user.world.get(bo).fd, offset),
  ...finish,
})

export default variant({
  number: 'V31', id: 'handle-closed-early', title: 'handle closed before mmap', group: 'Mistakes and limits',
  why: 'An offset is no right. It is looked up when mmap is called: by then the import is gone with its only handle, EINVAL. Did another file still hold it, the list of files that may map it would answer EACCES.',
  who: 'programs that forget that two imports of one buffer share a handle', where: 'every kernel', from: 'Linux 3.12, 2013',
  sources: [{ title: 'drm_gem_mmap: drm_vma_node_is_allowed', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_gem.c' }],
  parts: { flags: 'F0', path: 'N', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  scenarios: ['canonical'],
  // Mesa that maps on first use; that of 2019 would map before anything could be closed.
  change: b => mapsBy(closeThenMap)({ ...b, mesa: { ...b.mesa, era: 'now' } }),
})
