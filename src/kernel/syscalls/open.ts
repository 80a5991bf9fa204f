/**
 * open(2) of device nodes, and of /proc/self/fd/N.
 * Mirrors: do_sys_open (do_sys_openat2 since 5.6), drm_open, proc_fd_link. Leaves out: paths of ordinary files, O_CREAT, O_EXCL, permissions (nodes are 0666 here).
 */
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { openDrm } from '../drm-file.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import { done, fail, isFail, type Fail } from '../fail.ts'
import type { PlainKind } from '../parts.ts'
import { createFile, getFile, openFd } from '../file.ts'
import { take } from '../ref.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** flags: `O_RDONLY`, `O_WRONLY`, `O_RDWR`, `O_CLOEXEC`, `O_NONBLOCK`, `O_APPEND`. */
    open: { args: { path: string; flags: readonly string[] }; result: number }
  }
  interface Events { 'open.refused.path': { path: string }; 'open.refused.again': { file: Id<'file'> } }
}

/** Nodes that are no cards. */
const openPlain = (k: Kernel, kind: PlainKind, name: string, fmode: { read: boolean; write: boolean }, flags: readonly string[]): Id<'file'> =>
  (kind === 'video' ? k.parts.queues[name]!.open(k, name, fmode, flags) : createFile(k, { kind, name, fmode, flags, priv: null }))

const openPath = fn({ '5.2': 'do_sys_open', '5.6': 'do_sys_openat2' }, (k: Kernel, path: string, fmode: { read: boolean; write: boolean }, flags: readonly string[]): Id<'file'> | Fail => {
  const plain = k.parts.plainNodes[path]
  if (plain) return openPlain(k, plain, path, fmode, flags)
  const again = /^\/proc\/self\/fd\/(-?\d+)$/.exec(path)
  if (again) {
    const file = getFile(k, Number(again[1]))
    if (isFail(file)) return fail('ENOENT')
    const { kind, name } = k.world.get(file)
    if (kind === 'drm') return openDrm(k, deviceOf(k, file), k.world.get(drmFileOf(k, file)).render, fmode)
    if (kind === 'udmabuf' || kind === 'heap' || kind === 'video' || kind === 'null') return openPlain(k, kind, name, fmode, flags)
    if (kind === 'memfd') {
      // A file of a file system, though nobody sees that: it can be opened once more, in another mode.
      const { priv } = k.world.get(file)
      const again = createFile(k, { kind, name, fmode, flags, priv })
      take(k.world, again, 'inode', priv!, 'refcount')
      return again
    }
    k.world.emit('open.refused.again', { file })
    return fail('ENXIO')
  }
  const name = path.replace('/dev/dri/', '')
  for (const device of Object.keys(k.drivers) as Id<'device'>[]) {
    const { card, render } = k.world.get(device)
    if (name === card || name === render) return openDrm(k, device, name === render, fmode)
  }
  k.world.emit('open.refused.path', { path })
  return fail('ENOENT')
})

export default syscall({
  name: 'open',
  says: {
    'open.refused.path': 'There is **no {path}** on this machine: ENOENT.',
    'open.refused.again': '{file} has an inode **without an open of its own**: it cannot be opened a second time. ENXIO.',
  },
  run(k, { path, flags }) {
    const fmode = { read: !flags.includes('O_WRONLY'), write: flags.includes('O_WRONLY') || flags.includes('O_RDWR') }
    const status = (['NONBLOCK', 'APPEND'] as const).filter(f => flags.includes(`O_${f}`))
    const fd = openFd(k, flags.includes('O_CLOEXEC'), () => {
      const file = openPath(k, path, fmode, status)
      if (!isFail(file) && status.length && k.world.get(file).kind === 'drm') k.world.set(file, 'flags', status)
      return file
    })
    return isFail(fd) ? fd : done(fd)
  },
})
