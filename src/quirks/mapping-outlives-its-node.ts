/** The other way round. */
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { drmFileAt, mmapArgs } from './_known.ts'

export default quirk({
  id: 'mapping-outlives-its-node',
  title: 'A mapping without its node',
  text: 'A redirected mapping holds the dma-buf and not the node it was made through: closing the node takes the import\'s handle at once, and the mapping works on.',
  source: { file: 'drivers/dma-buf/dma-buf.c', fn: 'dma_buf_mmap', version: 'v5.9 to v6.19, and the patch of July 2019' },
  seenIn: {
    kernels: ['KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC)
gpu = open("/dev/dri/renderD128", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, 4294967296)
close(gpu)
store(px, "a5")
`,
  },
  on: ['mmap.redirect', 'drm.release'],
  memory: () => new Map<Id<'vma'>, Id<'drm_file'>>(),
  watch(step, world, memory, call) {
    if (is(step, 'mmap.redirect')) {
      const args = mmapArgs(call)
      const drmFile = args && drmFileAt(world, step, args.fd)
      if (drmFile) memory.set(step.fields.vma, drmFile)
    }
    if (!is(step, 'drm.release')) return undefined
    const area = [...memory].find(([vma, drmFile]) => drmFile === step.fields.drmFile && get(world, vma))
    return area ? [area[0], step.fields.device] : undefined
  },
})
