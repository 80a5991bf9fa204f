/** A success that is worth nothing. */
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { dmaBufBehind } from './_known.ts'

export default quirk({
  id: 'mapped-and-not-there',
  title: 'mmap says ok, the first touch says SIGBUS',
  text: 'A TTM driver maps an import without a word and has no page to show for it: the mapping succeeds, and the first access ends in SIGBUS.',
  source: { file: 'drivers/gpu/drm/ttm/ttm_bo_vm.c', fn: 'ttm_bo_vm_fault', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    importer: 'amdgpu',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
gpu = open("/dev/dri/card1", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
off = DRM_IOCTL_MODE_MAP_DUMB(gpu, h)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
load(px, 1)
`,
  },
  on: ['fault.refused.page'],
  watch(step, world) {
    if (!is(step, 'fault.refused.page')) return undefined
    const { vma } = step.fields
    const { priv } = get(world, vma)!
    const dmaBuf = priv?.startsWith('gem:') ? dmaBufBehind(world, priv as Id<'gem'>) : undefined
    return dmaBuf ? [vma, priv!, dmaBuf] : undefined
  },
})
