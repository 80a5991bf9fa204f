/** write(2). Mirrors: vfs_write. Leaves out: everything but memory files and /dev/null. */
import { PAGE_SIZE } from '../../base/brand.ts'
import { done, fail, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { noRoom } from '../limits.ts'
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
    const { kind, priv, fmode, pos, flags } = world.get(file)
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
    if (n === 0) return done(0)
    const memfd = priv as Id<'memfd'>
    const { seals, sizeBytes } = world.get(memfd)
    const start = flags.includes('APPEND') ? sizeBytes : pos
    // Page by page: a seal against growing lets through what still fits.
    let fits = n
    if (seals.some(s => s === 'WRITE' || s === 'FUTURE_WRITE')) fits = 0
    else if (seals.includes('GROW')) {
      for (fits = 0; fits < n; ) {
        const part = Math.min(n - fits, PAGE_SIZE - ((start + fits) % PAGE_SIZE))
        if (start + fits + part > sizeBytes) break
        fits += part
      }
    }
    if (fits === 0) {
      world.emit('memfd.refused.seal', { memfd })
      return fail('EPERM')
    }
    const short = noRoom(k, start + fits, 'EFBIG')
    if (short) return short
    const given = Uint8Array.from(bytes.match(/../g) ?? [], h => Number.parseInt(h, 16))
    for (let i = 0; i < fits; ) {
      const at = start + i
      const part = Math.min(fits - i, PAGE_SIZE - (at % PAGE_SIZE))
      writeBytes(k, memfdPage(k, memfd, Math.floor(at / PAGE_SIZE)), at % PAGE_SIZE, given.subarray(i, i + part))
      i += part
    }
    if (start + fits > sizeBytes) world.set(memfd, 'sizeBytes', start + fits)
    world.set(file, 'pos', start + fits)
    world.emit('file.seek', { file, pos: start + fits })
    return done(fits)
  },
})
