/** A warning in the log of the kernel. */
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'redirect-without-dontexpand',
  title: 'An area that might grow',
  text: 'The importer\'s core expects that an area of buffers may not grow, and warns once: the exporter of a memory file does not mark its areas so.',
  source: { file: 'drivers/gpu/drm/drm_gem.c', fn: 'drm_gem_mmap_obj', version: 'v6.1' },
  seenIn: {
    kernels: ['K61'],
    program: `
m = memfd_create("m", MFD_ALLOW_SEALING)
ftruncate(m, 8192)
fcntl(m, F_ADD_SEALS, F_SEAL_SHRINK)
u = open("/dev/udmabuf", O_RDWR)
fd = UDMABUF_CREATE(u, m, 0, 8192)
gpu = open("/dev/dri/renderD128", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, 4294967296)
`,
  },
  on: ['mmap.redirect', 'mmap.done'],
  memory: () => new Set<string>(),
  watch(step, world, memory) {
    if (is(step, 'mmap.redirect') && step.stack.includes('drm_gem_mmap_obj')) memory.add(step.call)
    if (!is(step, 'mmap.done') || !memory.has(step.call)) return undefined
    const { vma } = step.fields
    return get(world, vma)!.flags.includes('de') ? undefined : [vma]
  },
})
