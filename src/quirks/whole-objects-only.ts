/** A fake offset is a name, and names have no middle. */
import { PAGE_SIZE } from '../base/brand.ts'
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import { drmFileAt, mmapArgs } from './_known.ts'

export default quirk({
  id: 'whole-objects-only',
  title: 'Only the whole object can be found',
  text: 'The offset must be the exact start of an object, and the area no longer than it: a page further, inside the same object, nothing is found.',
  source: { file: 'drivers/gpu/drm/drm_gem.c', fn: 'drm_gem_mmap', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 64, 32)
off = DRM_IOCTL_MODE_MAP_DUMB(card, bo)
mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off + 4096)
`,
  },
  on: ['mmap.refused.offset'],
  watch(step, world, _memory, call) {
    if (!is(step, 'mmap.refused.offset') || step.stack.includes('drm_gem_prime_mmap')) return undefined
    const args = mmapArgs(call)
    const drmFile = args && drmFileAt(world, step, args.fd)
    const page = step.fields.offset / PAGE_SIZE
    const inside = drmFile && get(world, get(world, drmFile)!.device)!.offsets.find(range => range.start <= page && page < range.start + range.pages)
    return inside ? [inside.gem] : undefined
  },
})
