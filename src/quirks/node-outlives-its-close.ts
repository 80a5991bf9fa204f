/** close is not release. */
import { quirk } from '../journal/quirk.ts'
import { all, get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { hasNumber } from './_known.ts'

export default quirk({
  id: 'node-outlives-its-close',
  title: 'A closed node that keeps its handles',
  text: 'The handles of a file go with its last reference, not with close: a mapping holds the node, and with it every handle, until munmap.',
  source: { file: 'drivers/gpu/drm/drm_file.c', fn: 'drm_release', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
off = DRM_IOCTL_MODE_MAP_DUMB(card, bo)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
close(card)
store(px, "a5")
`,
  },
  on: ['ref.drop'],
  watch(step, world) {
    if (!is(step, 'ref.drop') || !step.fields.slot.startsWith('fd ') || step.fields.count === 0) return undefined
    const file = step.fields.to as Id<'file'>
    if (get(world, file)?.kind !== 'drm' || hasNumber(world, file)) return undefined
    const area = all(world, 'vma').find(([, vma]) => vma.file === file)
    return area ? [file, area[0]] : undefined
  },
})
