/** An object that cannot be named any more, and is found. */
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'stale-offset',
  title: 'An offset after its handle',
  text: 'A fake offset outlives its handle: while a mapping keeps the object alive the answer is EACCES, and only when that is gone too EINVAL.',
  source: { file: 'drivers/gpu/drm/drm_gem.c', fn: 'drm_gem_mmap', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
off = DRM_IOCTL_MODE_MAP_DUMB(card, bo)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
DRM_IOCTL_GEM_CLOSE(card, bo)
mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
`,
  },
  on: ['mmap.refused.allow'],
  watch(step, world) {
    if (!is(step, 'mmap.refused.allow')) return undefined
    const { gem } = step.fields
    return get(world, gem)!.handleCount === 0 ? [gem] : undefined
  },
})
