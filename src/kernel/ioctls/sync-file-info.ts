/**
 * SYNC_IOC_FILE_INFO: how many fences, and are they signalled?
 * Mirrors: sync_file_ioctl_fence_info (sync_file.c).
 * Leaves out: the list of fences with names and times.
 */
import { fn, type Kernel } from '../context.ts'
import { done, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<Record<string, never>>({
  name: 'SYNC_IOC_FILE_INFO',
  on: 'sync_file',
  run: fn('sync_file_ioctl_fence_info', (k: Kernel, file: Id<'file'>): Outcome => {
    const { fences } = k.world.get(k.world.get(file).priv as Id<'sync_file'>)
    return done({ status: fences.every(f => k.world.get(f).signalled) ? 1 : 0, num_fences: fences.length })
  }),
})
