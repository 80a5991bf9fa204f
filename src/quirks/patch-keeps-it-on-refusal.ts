/** The missing put, on the other path. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'

export default quirk({
  id: 'patch-keeps-it-on-refusal',
  title: 'A refusal leaves a reference too',
  text: 'The exporter refuses the area, mmap fails, and the reference that the lookup took stays all the same.',
  source: { file: 'drivers/gpu/drm/drm_gem.c', fn: 'drm_gem_mmap_helper', version: 'v5.2 with the patch of July 2019' },
  seenIn: {
    kernels: ['KRFC'],
    program: `
m = memfd_create("m", MFD_ALLOW_SEALING)
ftruncate(m, 8192)
fcntl(m, F_ADD_SEALS, F_SEAL_SHRINK)
u = open("/dev/udmabuf", O_RDWR)
fd = UDMABUF_CREATE(u, m, 0, 8192)
gpu = open("/dev/dri/renderD128", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
mmap(4096, PROT_READ, MAP_PRIVATE, gpu, 4294967296)
`,
  },
  on: ['ref.lost', 'trap.leave'],
  memory: () => new Map<string, Id>(),
  watch(step, _world, memory) {
    if (is(step, 'ref.lost') && step.fields.by === 'drm_gem_mmap_helper') memory.set(step.call, step.fields.to)
    const gem = memory.get(step.call)
    return is(step, 'trap.leave') && step.fields.errno !== null && gem ? [gem] : undefined
  },
})
