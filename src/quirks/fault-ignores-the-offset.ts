/** A page index that ignores the mapping offset. */
import { PAGE_SIZE } from '../base/brand.ts'
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'

export default quirk({
  id: 'fault-ignores-the-offset',
  title: 'The second page shows the first',
  text: 'The fault handler counts from the start of the area and never looks at the offset that was mapped: whoever maps the second page sees the first.',
  source: { file: 'drivers/gpu/drm/drm_gem_shmem_helper.c', fn: 'drm_gem_shmem_fault', version: 'v6.1 to v6.19' },
  seenIn: {
    kernels: ['K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 64, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 4096)
store(px, "a5")
`,
  },
  on: ['fault.insert', 'mmap.done'],
  memory: () => new Map<Id<'vma'>, number>(),
  watch(step, world, memory) {
    if (is(step, 'mmap.done')) {
      memory.set(step.fields.vma, step.fields.start)
      return undefined
    }
    if (!is(step, 'fault.insert')) return undefined
    const { vma: id, addr, frame } = step.fields
    const { priv, start, pgoff } = get(world, id)!
    const gem = priv?.startsWith('gem:') ? get(world, priv as Id<'gem'>) : undefined
    const moved = gem && gem.offset !== null && pgoff >= gem.offset ? pgoff - gem.offset : 0
    // The area is as it was mapped: it began at an offset.
    if (!moved || memory.get(id) !== start) return undefined
    return gem!.pages?.[(addr - start) / PAGE_SIZE] === frame ? [id, priv!] : undefined
  },
})
