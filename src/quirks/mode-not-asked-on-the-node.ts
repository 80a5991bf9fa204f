/** The mode of a dma-buf is a matter of its own descriptor: the node of an importer goes round it. */
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { dmaBufBehind, isReadOnly } from './_known.ts'

export default quirk({
  id: 'mode-not-asked-on-the-node',
  title: 'A read-only buffer, mapped for writing',
  text: 'The node of an importer asks for its own mode and not for that of the dma-buf: what was exported without DRM_RDWR is written all the same.',
  source: { file: 'drivers/dma-buf/dma-buf.c', fn: 'dma_buf_mmap', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC)
gpu = open("/dev/dri/renderD128", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, 4294967296)
store(px, "a5")
`,
  },
  on: ['mmap.lookup', 'mmap.done'],
  memory: () => ({ gem: null as Id<'gem'> | null, key: '' }),
  watch(step, world, memory) {
    if (is(step, 'mmap.lookup')) {
      if (step.stack.includes('drm_gem_prime_mmap')) return undefined
      memory.gem = step.fields.gem
      memory.key = step.call
      return undefined
    }
    if (!is(step, 'mmap.done') || memory.key !== step.call || !memory.gem) return undefined
    const dmaBuf = dmaBufBehind(world, memory.gem)
    const { vma } = step.fields
    return dmaBuf && isReadOnly(world, dmaBuf) && get(world, vma)!.flags.includes('mw') ? [vma, dmaBuf] : undefined
  },
})
