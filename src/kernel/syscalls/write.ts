/** write(2). Mirrors: vfs_write. Leaves out: everything but memory files and /dev/null. */
import { PAGE_SIZE } from '../../base/brand.ts'
import { done, fail, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { memfdPage } from '../memfd.ts'
import { writeBytes } from '../page.ts'
import { syscall } from '../syscall.ts'
import type { Id } from '../../journal/vocabulary.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** bytes: hexadecimal. */
    write: { args: { fd: number; bytes: string }; result: number }
  }
  interface Events { 'write.refused.method': { file: Id<'file'> }; 'write.refused.mode': { file: Id<'file'> } }
}

export default syscall({
  name: 'write',
  says: {
    'write.refused.method': '{file} **cannot be written** as a file: EINVAL. Map it instead.',
    'write.refused.mode': '{file} is **not open for writing**: EBADF.',
  },
  run(k, { fd, bytes }) {
    const { world } = k
    const file = getFile(k, fd)
    if (isFail(file)) return file
    const { kind, priv, fmode, pos } = world.get(file)
    if (!fmode.write) {
      world.emit('write.refused.mode', { file })
      return fail('EBADF')
    }
    const n = bytes.length / 2
    if (kind === 'null') return done(n)
    if (kind !== 'memfd') {
      world.emit('write.refused.method', { file })
      return fail('EINVAL')
    }
    const memfd = priv as Id<'memfd'>
    if (world.get(memfd).seals.some(s => s === 'WRITE' || s === 'FUTURE_WRITE')) {
      world.emit('memfd.refused.seal', { memfd })
      return fail('EPERM')
    }
    const given = Uint8Array.from(bytes.match(/../g) ?? [], h => Number.parseInt(h, 16))
    for (let i = 0; i < n; ) {
      const at = pos + i
      const part = Math.min(n - i, PAGE_SIZE - (at % PAGE_SIZE))
      writeBytes(k, memfdPage(k, memfd, Math.floor(at / PAGE_SIZE)), at % PAGE_SIZE, given.subarray(i, i + part))
      i += part
    }
    if (pos + n > world.get(memfd).sizeBytes) world.set(memfd, 'sizeBytes', pos + n)
    world.set(file, 'pos', pos + n)
    world.emit('file.seek', { file, pos: pos + n })
    return done(n)
  },
})
