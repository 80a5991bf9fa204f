/** read(2). Mirrors: vfs_read. A card is read for the events of its display. Leaves out: the contents of such an event, file positions of pipes. */
import { PAGE_SIZE } from '../../base/brand.ts'
import { readEvent } from '../crtc.ts'
import { blocked, done, fail, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { readBytes } from '../page.ts'
import { syscall } from '../syscall.ts'
import type { Id } from '../../journal/vocabulary.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { read: { args: { fd: number; count: number }; result: { count: number; bytes: string } } }
  interface Events { 'read.refused.method': { file: Id<'file'> }; 'read.refused.mode': { file: Id<'file'> }; 'read.refused.empty': { file: Id<'file'> } }
}

export default syscall({
  name: 'read',
  says: {
    'read.refused.method': '{file} **cannot be read** as a file: EINVAL. Map it instead.',
    'read.refused.empty': '**No event is there**, and {file} is not to wait: EAGAIN.',
    'read.refused.mode': '{file} is **not open for reading**: EBADF.',
  },
  run(k, { fd, count }) {
    const { world } = k
    const file = getFile(k, fd)
    if (isFail(file)) return file
    const { kind, priv, fmode, pos, flags } = world.get(file)
    if (!fmode.read) {
      world.emit('read.refused.mode', { file })
      return fail('EBADF')
    }
    if (kind === 'null') return done({ count: 0, bytes: '' })
    if (kind === 'drm') {
      const { read, on } = readEvent(k, file)
      if (!read && flags.includes('NONBLOCK')) {
        world.emit('read.refused.empty', { file })
        return fail('EAGAIN')
      }
      return read ? done({ count: 32, bytes: '' }) : blocked(on)
    }
    if (kind !== 'memfd') {
      world.emit('read.refused.method', { file })
      return fail('EINVAL')
    }
    const memfd = priv as Id<'memfd'>
    const n = Math.max(0, Math.min(count, world.get(memfd).sizeBytes - pos))
    let bytes = ''
    for (let at = pos; at < pos + n; ) {
      const part = Math.min(pos + n - at, PAGE_SIZE - (at % PAGE_SIZE))
      const frame = world.get(memfd).pages[Math.floor(at / PAGE_SIZE)] ?? -1
      // A hole reads as zeros and stays one.
      bytes += frame < 0 ? '00'.repeat(part) : Array.from(readBytes(k, frame, at % PAGE_SIZE, part), b => b.toString(16).padStart(2, '0')).join('')
      at += part
    }
    world.set(file, 'pos', pos + n)
    world.emit('file.seek', { file, pos: pos + n })
    return done({ count: n, bytes })
  },
})
