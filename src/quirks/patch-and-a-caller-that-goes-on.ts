/** An answer that nobody expected. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'

export default quirk({
  id: 'patch-and-a-caller-that-goes-on',
  title: 'A driver that goes on as before',
  text: 'Only two callers were taught that the exporter may have made the area: another one goes on, writes its own flags over the exporter\'s, and the first access hits an assertion.',
  source: { file: 'drivers/gpu/drm/vgem/vgem_drv.c', fn: 'vgem_mmap', version: 'v5.2 with the patch of July 2019' },
  seenIn: {
    kernels: ['KRFC'],
    importer: 'vgem',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC)
other = open("/dev/dri/card1", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(other, fd)
off = DRM_IOCTL_MODE_MAP_DUMB(other, h)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, other, off)
load(px, 1)
`,
  },
  on: ['mmap.redirect', 'vma.change', 'mmap.wrongtype', 'fault.bug'],
  memory: () => new Map<string, Id<'vma'>>(),
  watch(step, _world, memory) {
    if (is(step, 'mmap.redirect') && step.stack.includes('drm_gem_mmap_helper')) memory.set(step.call, step.fields.vma)
    if (is(step, 'mmap.wrongtype')) return [step.fields.vma]
    const areas = [...memory.values()]
    if (is(step, 'fault.bug')) return areas.includes(step.fields.vma) ? [step.fields.vma] : undefined
    return is(step, 'vma.change') && memory.get(step.call) === step.fields.vma ? [step.fields.vma] : undefined
  },
})
