/** Reading the list of named objects of a device in debugfs. Mirrors: drm_gem_name_info. Leaves out: the headline. */
import type { Id } from '../../journal/vocabulary.ts'
import { debugfs } from '../debugfs.ts'
import { done } from '../fail.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    gem_names: { args: { device: Id<'device'> }; result: readonly { name: number; size: number; handles: number; refs: number }[] }
  }
}

export default syscall({
  name: 'gem_names',
  run(k, { device }) {
    const refused = debugfs(k, device, k.world.has(device))
    if (refused) return refused
    const { names } = k.world.get(device)
    return done(Object.entries(names).map(([name, id]) => {
      const gem = k.world.get(id)
      return { name: Number(name), size: gem.sizeBytes, handles: gem.handleCount, refs: gem.refcount }
    }))
  },
})
