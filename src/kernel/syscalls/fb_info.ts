/** Reading the list of framebuffers of a device in debugfs. Mirrors: drm_framebuffer_info, drm_gem_print_info. Leaves out: modifiers and offsets of several planes. */
import type { Id } from '../../journal/vocabulary.ts'
import { debugfs } from '../debugfs.ts'
import { done } from '../fail.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    fb_info: { args: { device: Id<'device'> }; result: readonly { fb: number; refs: number; imported: boolean; pages_use?: number }[] }
  }
}

export default syscall({
  name: 'fb_info',
  run(k, { device }) {
    const { world } = k
    const refused = debugfs(k, device, k.drivers[device]?.modeset === true)
    if (refused) return refused
    const fbs = world.ids('fb').map(id => world.get(id)).filter(fb => fb.device === device).sort((a, b) => b.number - a.number)
    return done(fbs.map(fb => {
      const gem = world.get(fb.gem)
      // Only the shmem helper says more of its objects.
      const shmem = k.drivers[device]!.vmOps === 'drm_gem_shmem_vm_ops'
      return { fb: fb.number, refs: gem.refcount, imported: gem.importAttach !== null, ...(shmem ? { pages_use: gem.pagesUse } : {}) }
    }))
  },
})
