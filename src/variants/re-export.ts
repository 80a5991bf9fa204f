/** V18: the importer exports what it imported, and asks for more. */
import { finish, mapsBy, mmapOf, refused, steps, type Mapping, type User } from '../machine/mesa.ts'
import { variant } from '../machine/variant.ts'

const mapAgain = steps({
  export: ({ world }: User, { bo }: Mapping) => ({ call: 'drmPrimeHandleToFD', vars: { fd: world.get(bo).fd, handle: world.get(bo).handle, flags: ['DRM_CLOEXEC', 'DRM_RDWR'] } }),
  map: (user: User, { bo }: Mapping) => (user.errno === null ? { ...mmapOf(user, bo, user.answer, 0), keep: { own: user.answer } } : refused(user.errno)),
  ...finish,
})

export default variant({
  number: 'V18', id: 're-export', title: 're-export of an import', group: 'Mistakes and limits',
  why: 'May the importer export the buffer again, for writing this time? It may, and gets the exporter\'s dma-buf back: an import has none of its own, and the mode stays as the first export made it.',
  who: 'whoever tries to mend a read-only descriptor from the outside', where: 'every kernel', from: '2012, with PRIME',
  sources: [{ title: 'drm_gem_prime_handle_to_fd: an import answers with the dma-buf that it came from', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_prime.c' }],
  parts: { flags: 'F0', path: 'D', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC), by the importer with DRM_RDWR',
  scenarios: ['canonical'],
  change: mapsBy(mapAgain),
})
