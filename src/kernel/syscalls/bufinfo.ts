/**
 * Reading the list of dma-bufs in debugfs, oldest first.
 * Mirrors: dma_buf_debug_show, dma_resv_describe. Only root may.
 * Leaves out: the totals in the last line, and the locks that the list is read under.
 */
import { debugfs } from '../debugfs.ts'
import { done } from '../fail.ts'
import { inodeOf } from '../inode.ts'
import { syscall } from '../syscall.ts'
import { statusWords } from './fcntl.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    bufinfo: {
      args: Record<string, never>
      result: readonly {
        ino?: string; size: number; count: number; exp_name: string; name: string; flags: readonly string[]
        attached: readonly string[]; fences: readonly { usage: 'write' | 'read'; driver: string; signalled: boolean }[]
      }[]
    }
  }
}

export default syscall({
  name: 'bufinfo',
  run(k) {
    const { world } = k
    const refused = debugfs(k)
    if (refused) return refused
    const bufs = world.ids('dma_buf').map(id => world.get(id)).sort((a, b) => a.ino - b.ino)
    return done(bufs.map(buf => {
      const file = world.get(buf.file)
      return {
        ...(k.parts.anonymousDmaBufs ? {} : { ino: inodeOf(k, buf.file).ino }),
        size: buf.sizeBytes, count: file.fCount, exp_name: buf.expName, name: buf.name, flags: statusWords(file),
        attached: buf.attachments.map(a => world.get(world.get(a).device).driver),
        fences: world.get(buf.resv).fences.map(({ fence, usage }) => ({ usage, driver: world.get(fence).driver, signalled: world.get(fence).signalled })),
      }
    }))
  },
})
