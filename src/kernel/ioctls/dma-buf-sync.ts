/**
 * DMA_BUF_IOCTL_SYNC: brackets around CPU access. START asks the exporter's hook first and waits for fences after it;
 * in between a device may still be writing. END never waits. The mode of the file is not looked at.
 * Mirrors: dma_buf_ioctl, dma_buf_begin_cpu_access, dma_buf_end_cpu_access (dma-buf.c).
 * Leaves out: a signal that ends the wait, and fences that fail.
 */
import { fn, type Kernel } from '../context.ts'
import { opsOf } from '../dma-buf.ts'
import { blocked, done, fail, isFail, thenPhase, type Fail, type Outcome } from '../fail.ts'
import type { Direction } from '../hooks.ts'
import { ioctl } from '../ioctl.ts'
import { pendingFences } from '../resv.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface Sync {
  /** `DMA_BUF_SYNC_START` or `_END`, with `_READ`, `_WRITE` or both. */
  readonly flags: readonly string[]
}
declare module '../../journal/vocabulary.ts' {
  interface Events {
    'sync.refused.flags': { flags: string }
    'sync.begin': { dmaBuf: Id<'dma_buf'>; dir: Direction }
    'sync.end': { dmaBuf: Id<'dma_buf'>; dir: Direction }
    'sync.nohook': { dmaBuf: Id<'dma_buf'> }
    'sync.wait': { dmaBuf: Id<'dma_buf'>; fences: number }
  }
}

const KNOWN = ['START', 'END', 'READ', 'WRITE'].map(f => `DMA_BUF_SYNC_${f}`)
const direction = (read: boolean, write: boolean): Direction => (read ? (write ? 'BIDIR' : 'FROM') : 'TO')

const begin = fn('dma_buf_begin_cpu_access', (k: Kernel, dmaBuf: Id<'dma_buf'>, dir: Direction): void | Fail => {
  k.world.emit('sync.begin', { dmaBuf, dir })
  const { beginCpuAccess } = opsOf(k, dmaBuf)
  if (beginCpuAccess) return beginCpuAccess(k, dmaBuf, dir)
  k.world.emit('sync.nohook', { dmaBuf })
})
const end = fn('dma_buf_end_cpu_access', (k: Kernel, dmaBuf: Id<'dma_buf'>, dir: Direction): void | Fail => {
  k.world.emit('sync.end', { dmaBuf, dir })
  const { endCpuAccess } = opsOf(k, dmaBuf)
  if (endCpuAccess) return endCpuAccess(k, dmaBuf, dir)
  k.world.emit('sync.nohook', { dmaBuf })
})

export default ioctl<Sync>({
  name: 'DMA_BUF_IOCTL_SYNC',
  on: 'dmabuf',
  says: {
    'sync.refused.flags': 'The flags `{flags}` name **neither reading nor writing**, or something unknown: EINVAL.',
    'sync.begin': 'The CPU announces access to {dmaBuf} (**{dir}**): the exporter is asked first.',
    'sync.end': 'The CPU has finished with {dmaBuf} (**{dir}**).',
    'sync.nohook': 'The exporter of {dmaBuf} has **no hook for that**: no cache is touched, only fences will be waited for.',
    'sync.wait': '{dmaBuf} is **busy**: the call waits for {fences} {fences#fence|fences}.',
  },
  phases: {
    prepare(k, file, { flags }): Outcome {
      const has = (f: string): boolean => flags.includes(`DMA_BUF_SYNC_${f}`)
      if (flags.some(f => !KNOWN.includes(f)) || (!has('READ') && !has('WRITE'))) {
        k.world.emit('sync.refused.flags', { flags: flags.join(' | ') || '0' })
        return fail('EINVAL')
      }
      const dmaBuf = k.world.get(file).priv as Id<'dma_buf'>
      const dir = direction(has('READ'), has('WRITE'))
      const refused = has('END') ? end(k, dmaBuf, dir) : begin(k, dmaBuf, dir)
      if (isFail(refused)) return refused
      return has('END') ? done(0) : thenPhase('wait', { write: has('WRITE') })
    },
    // Here a job may still be writing, and a line that the hook cleared may come back into a cache.
    wait(k, file, _args, { write }): Outcome {
      const dmaBuf = k.world.get(file).priv as Id<'dma_buf'>
      const { resv } = k.world.get(dmaBuf)
      const pending = pendingFences(k, resv, write as boolean)
      if (pending.length === 0) return done(0)
      k.world.emit('sync.wait', { dmaBuf, fences: pending.length })
      return blocked(pending[0]!, 'wait')
    },
  },
})
