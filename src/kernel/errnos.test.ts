/**
 * When two things are wrong, one errno wins: whatever is looked at first. Each row has at least two mistakes (or names the one that is left
 * when the first is mended); the order is that of the functions named in its title.
 */
import { describe, expect, test } from 'vitest'
import { tryKernel, type Process } from './_try.ts'

const KERNELS = ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'] as const
const isNew = (kernel: string): boolean => kernel === 'K61' || kernel === 'KNOW'

/** A card with a buffer, exported read-only; another card that imported it; a second process that is an ordinary user. */
function machine(kernel: string) {
  const t = tryKernel(kernel)
  const a = t.process('A')
  const card = a.open('cirrus')
  const handle = a.dumb(card, 2)
  const fd = a.export(card, handle)
  const other = a.open('cirrus#2')
  const imported = a.import(other, fd)
  const own = t.offsetOf(t.gemOf('cirrus'))
  /** No number is left in the process. */
  const fill = (): void => { for (let n = 0; n < 1024; n++) a.answer('dup', { fd: card }) }
  const user = (): Process => {
    const b = t.process('B')
    b.call('setuid', { uid: 1000 })
    return b
  }
  const memfd = (...seals: string[]): number => {
    const m = a.call('memfd_create', { name: 'm', flags: ['MFD_ALLOW_SEALING'] }) as number
    a.call('ftruncate', { fd: m, length: 8192 })
    if (seals.length) a.call('fcntl', { fd: m, cmd: 'F_ADD_SEALS', arg: seals })
    return m
  }
  return { t, a, card, handle, fd, other, imported, own, fill, user, memfd }
}
type Machine = ReturnType<typeof machine>
type Expected = string | ((kernel: string) => string)
type Row = readonly [title: string, make: (m: Machine) => string, expected: Expected]

const UNKNOWN = 99
const since61 = (now: string, before: string) => (kernel: string): string => (isNew(kernel) ? now : before)

const files: readonly Row[] = [
  ['ioctl: no such descriptor, and no such request', ({ a }) => a.ioctlAnswer(-1, 'NO_SUCH'), 'EBADF'],
  ['ioctl: a DRM request on a dma-buf, and an unknown handle', ({ a, fd }) => a.ioctlAnswer(fd, 'GEM_CLOSE', { handle: UNKNOWN }), 'ENOTTY'],
  ['ioctl: a DRM request on a memory file, and an unknown handle', ({ a, memfd }) => a.ioctlAnswer(memfd(), 'MODE_MAP_DUMB', { handle: UNKNOWN }), 'ENOTTY'],
  ['dup: no such descriptor, and no number left', ({ a, fill }) => { fill(); return a.answer('dup', { fd: -1 }) }, 'EBADF'],
  ['open: no number left, and no such path', ({ a, fill }) => { fill(); return a.answer('open', { path: '/dev/dri/none', flags: ['O_RDWR'] }) }, 'EMFILE'],
  ['open: a dma-buf through /proc, and no number left', ({ a, fd, fill }) => { fill(); return a.answer('open', { path: `/proc/self/fd/${fd}`, flags: ['O_RDWR'] }) }, 'EMFILE'],
  ['memfd_create: no number left', ({ a, fill }) => { fill(); return a.answer('memfd_create', { name: 'm', flags: [] }) }, 'EMFILE'],
  ['ftruncate: a negative length, and no such descriptor', ({ a }) => a.answer('ftruncate', { fd: -1, length: -1 }), 'EINVAL'],
  ['ftruncate: no such descriptor', ({ a }) => a.answer('ftruncate', { fd: -1, length: 1 }), 'EBADF'],
  ['ftruncate: a read-only memory file that is sealed', ({ a, memfd }) => a.answer('ftruncate', { fd: a.open(`/proc/self/fd/${memfd('F_SEAL_SHRINK')}`, 'O_RDONLY'), length: 0 }), 'EINVAL'],
  ['ftruncate: a sealed memory file', ({ a, memfd }) => a.answer('ftruncate', { fd: memfd('F_SEAL_SHRINK'), length: 0 }), 'EPERM'],
  ['fallocate: no such descriptor, and no range', ({ a }) => a.answer('fallocate', { fd: -1, mode: [], offset: -1, length: 0 }), 'EBADF'],
  ['fallocate: no range, and not open for writing', ({ a, fd }) => a.answer('fallocate', { fd, mode: [], offset: 0, length: 0 }), 'EINVAL'],
  ['fallocate: not open for writing, and no regular file', ({ a, fd }) => a.answer('fallocate', { fd, mode: [], offset: 0, length: 1 }), 'EBADF'],
  ['fallocate: no regular file', ({ a, card }) => a.answer('fallocate', { fd: card, mode: [], offset: 0, length: 1 }), 'ENODEV'],
  ['lseek: no such descriptor, and no such way', ({ a }) => a.answer('lseek', { fd: -1, offset: 0, whence: 'OTHER' }), 'EBADF'],
  ['lseek: no such way, and nothing to seek in', ({ a }) => a.answer('lseek', { fd: a.open('vgem'), offset: 0, whence: 'OTHER' }), 'EINVAL'],
  ['lseek: data beyond the end of a memory file', ({ a, memfd }) => a.answer('lseek', { fd: memfd(), offset: 9000, whence: 'SEEK_DATA' }), 'ENXIO'],
  ['read: not open for reading, and nothing to read', ({ a }) => a.answer('read', { fd: a.open('/dev/udmabuf', 'O_WRONLY'), count: 1 }), 'EBADF'],
  ['read: nothing to read', ({ a, fd }) => a.answer('read', { fd, count: 1 }), 'EINVAL'],
  ['write: not open for writing, and nothing to write', ({ a, fd }) => a.answer('write', { fd, bytes: '00' }), 'EBADF'],
  ['write: not open for writing, and sealed', ({ a, memfd }) => a.answer('write', { fd: a.open(`/proc/self/fd/${memfd('F_SEAL_WRITE')}`, 'O_RDONLY'), bytes: '00' }), 'EBADF'],
  ['write: sealed', ({ a, memfd }) => a.answer('write', { fd: memfd('F_SEAL_WRITE'), bytes: '00' }), 'EPERM'],
  ['F_ADD_SEALS: not open for writing, and no memory file', ({ a, fd }) => a.answer('fcntl', { fd, cmd: 'F_ADD_SEALS', arg: ['F_SEAL_SHRINK'] }), 'EPERM'],
  ['F_ADD_SEALS: no memory file', ({ a, card }) => a.answer('fcntl', { fd: card, cmd: 'F_ADD_SEALS', arg: ['F_SEAL_SHRINK'] }), 'EINVAL'],
  ['F_ADD_SEALS: sealed against seals, and mapped for writing', ({ a, memfd }) => { const m = memfd('F_SEAL_SEAL'); a.mmap(m); return a.answer('fcntl', { fd: m, cmd: 'F_ADD_SEALS', arg: ['F_SEAL_WRITE'] }) }, 'EPERM'],
  ['F_ADD_SEALS: mapped for writing', ({ a, memfd }) => { const m = memfd(); a.mmap(m); return a.answer('fcntl', { fd: m, cmd: 'F_ADD_SEALS', arg: ['F_SEAL_WRITE'] }) }, 'EBUSY'],
  ['kcmp: no such process, and no such descriptor', ({ a }) => a.answer('kcmp', { task2: 'task:Z', fd: -1, fd2: -1 }), 'ESRCH'],
]

const rights: readonly Row[] = [
  ['CREATE_DUMB: a render node, and no picture', ({ a }) => a.ioctlAnswer(a.open('vgem-render'), 'MODE_CREATE_DUMB', { width: 0, height: 0, bpp: 0 }), 'EACCES'],
  ['MAP_DUMB: a render node, and an unknown handle', ({ a }) => a.ioctlAnswer(a.open('vgem-render'), 'MODE_MAP_DUMB', { handle: UNKNOWN }), 'EACCES'],
  ['DESTROY_DUMB: a render node, and an unknown handle', ({ a }) => a.ioctlAnswer(a.open('vgem-render'), 'MODE_DESTROY_DUMB', { handle: UNKNOWN }), 'EACCES'],
  ['GEM_FLINK: a render node, and an unknown handle', ({ a }) => a.ioctlAnswer(a.open('vgem-render'), 'GEM_FLINK', { handle: UNKNOWN }), 'EACCES'],
  ['GEM_OPEN: an ordinary user on a card, and an unknown name', ({ user }) => { const b = user(); return b.ioctlAnswer(b.open('cirrus'), 'GEM_OPEN', { name: UNKNOWN }) }, 'EACCES'],
  ['GEM_FLINK: an ordinary user on a card, and an unknown handle', ({ user }) => { const b = user(); return b.ioctlAnswer(b.open('cirrus'), 'GEM_FLINK', { handle: UNKNOWN }) }, 'EACCES'],
  ['HANDLE_TO_FD: an ordinary user on a card, unknown flags, and an unknown handle', ({ user }) => { const b = user(); return b.ioctlAnswer(b.open('cirrus'), 'PRIME_HANDLE_TO_FD', { handle: UNKNOWN, flags: ['0x4'] }) }, since61('EINVAL', 'EACCES')],
  ['FD_TO_HANDLE: an ordinary user on a card, and no such descriptor', ({ user }) => { const b = user(); return b.ioctlAnswer(b.open('cirrus'), 'PRIME_FD_TO_HANDLE', { fd: -1 }) }, since61('EBADF', 'EACCES')],
  ['a call of another driver, and an unknown handle', ({ a, card }) => a.ioctlAnswer(card, 'PANFROST_MMAP_BO', { handle: UNKNOWN, flags: ['0x1'] }), 'EINVAL'],
]

const drm: readonly Row[] = [
  ['CREATE_DUMB: a driver without, and no picture', ({ a }) => a.ioctlAnswer(a.open('panfrost'), 'MODE_CREATE_DUMB', { width: 0, height: 0, bpp: 0 }), 'ENOSYS'],
  ['MAP_DUMB: a driver without, and an unknown handle', ({ a }) => a.ioctlAnswer(a.open('panfrost'), 'MODE_MAP_DUMB', { handle: UNKNOWN }), 'ENOSYS'],
  ['DESTROY_DUMB: a driver without, and an unknown handle', ({ a }) => a.ioctlAnswer(a.open('panfrost'), 'MODE_DESTROY_DUMB', { handle: UNKNOWN }), 'ENOSYS'],
  ['MAP_DUMB: an unknown handle', ({ a, other }) => a.ioctlAnswer(other, 'MODE_MAP_DUMB', { handle: UNKNOWN }), 'ENOENT'],
  ['MAP_DUMB: an import', ({ a, other, imported }) => a.ioctlAnswer(other, 'MODE_MAP_DUMB', { handle: imported }), 'EINVAL'],
  ['GEM_CLOSE: an unknown handle', ({ a, card }) => a.ioctlAnswer(card, 'GEM_CLOSE', { handle: UNKNOWN }), 'EINVAL'],
  ['HANDLE_TO_FD: unknown flags, and an unknown handle', ({ a, card }) => a.ioctlAnswer(card, 'PRIME_HANDLE_TO_FD', { handle: UNKNOWN, flags: ['0x4'] }), 'EINVAL'],
  ['HANDLE_TO_FD: unknown flags, and no number left', ({ a, card, handle, fill }) => { fill(); return a.ioctlAnswer(card, 'PRIME_HANDLE_TO_FD', { handle, flags: ['0x4'] }) }, 'EINVAL'],
  ['HANDLE_TO_FD: an unknown handle, and no number left', ({ a, card, fill }) => { fill(); return a.ioctlAnswer(card, 'PRIME_HANDLE_TO_FD', { handle: UNKNOWN, flags: [] }) }, kernel => (kernel === 'KNOW' ? 'EMFILE' : 'ENOENT')],
  ['HANDLE_TO_FD: no PRIME at all (vkms), unknown flags, and an unknown handle', ({ a }) => a.ioctlAnswer(a.open('vkms'), 'PRIME_HANDLE_TO_FD', { handle: UNKNOWN, flags: ['0x4'] }), since61('EINVAL', 'EOPNOTSUPP')],
  ['HANDLE_TO_FD: no hook (bochs), unknown flags, and an unknown handle', ({ a }) => a.ioctlAnswer(a.open('bochs-drm'), 'PRIME_HANDLE_TO_FD', { handle: UNKNOWN, flags: ['0x4'] }), kernel => (kernel === 'KNOW' ? 'EINVAL' : 'ENOSYS')],
  ['FD_TO_HANDLE: no PRIME at all (vkms), and no such descriptor', ({ a }) => a.ioctlAnswer(a.open('vkms'), 'PRIME_FD_TO_HANDLE', { fd: -1 }), since61('EBADF', 'EOPNOTSUPP')],
  ['FD_TO_HANDLE: no hook (bochs), and no such descriptor', ({ a }) => a.ioctlAnswer(a.open('bochs-drm'), 'PRIME_FD_TO_HANDLE', { fd: -1 }), kernel => (kernel === 'KNOW' ? 'EBADF' : 'ENOSYS')],
  ['FD_TO_HANDLE: no dma-buf', ({ a, card, other }) => a.ioctlAnswer(other, 'PRIME_FD_TO_HANDLE', { fd: card }), 'EINVAL'],
  ['ADDFB: no display, and no handle', ({ a }) => a.ioctlAnswer(a.open('vgem'), 'MODE_ADDFB', { handle: 0, width: 0, height: 0, pitch: 0 }), 'EOPNOTSUPP'],
  ['ADDFB: no width, and an unknown handle', ({ a, card }) => a.ioctlAnswer(card, 'MODE_ADDFB', { handle: UNKNOWN, width: 0, height: 16, pitch: 256 }), 'EINVAL'],
  ['ADDFB: a pitch that is too short, and an unknown handle', ({ a, card }) => a.ioctlAnswer(card, 'MODE_ADDFB', { handle: UNKNOWN, width: 64, height: 16, pitch: 255 }), 'EINVAL'],
  ['ADDFB: no handle at all', ({ a, card }) => a.ioctlAnswer(card, 'MODE_ADDFB', { handle: 0, width: 64, height: 16, pitch: 256 }), 'EINVAL'],
  ['ADDFB: an unknown handle, and a picture that is too large', ({ a, card }) => a.ioctlAnswer(card, 'MODE_ADDFB', { handle: UNKNOWN, width: 64, height: 160, pitch: 256 }), 'ENOENT'],
  ['ADDFB: a picture that is too large', ({ a, card, handle }) => a.ioctlAnswer(card, 'MODE_ADDFB', { handle, width: 64, height: 160, pitch: 256 }), 'EINVAL'],
  ['ADDFB: an unknown handle on virtio_gpu, which looks for itself', ({ a }) => a.ioctlAnswer(a.open('virtio_gpu'), 'MODE_ADDFB', { handle: UNKNOWN, width: 64, height: 16, pitch: 256 }), 'EINVAL'],
  ['RMFB: no display, and no such number', ({ a }) => a.ioctlAnswer(a.open('vgem'), 'MODE_RMFB', { fb_id: UNKNOWN }), 'EOPNOTSUPP'],
  ['PAGE_FLIP: no display, and no such number', ({ a }) => a.ioctlAnswer(a.open('vgem'), 'MODE_PAGE_FLIP', { fb_id: UNKNOWN }), 'EOPNOTSUPP'],
  ['VGEM_FENCE_ATTACH: unknown flags, and an unknown handle', ({ a }) => a.ioctlAnswer(a.open('vgem'), 'VGEM_FENCE_ATTACH', { handle: UNKNOWN, flags: ['0x2'] }), 'EINVAL'],
  ['VGEM_FENCE_ATTACH: an unknown handle', ({ a }) => a.ioctlAnswer(a.open('vgem'), 'VGEM_FENCE_ATTACH', { handle: UNKNOWN, flags: [] }), 'ENOENT'],
  ['PANFROST_MMAP_BO: flags, and an unknown handle', ({ a }) => a.ioctlAnswer(a.open('panfrost'), 'PANFROST_MMAP_BO', { handle: UNKNOWN, flags: ['0x1'] }), 'EINVAL'],
  ['PANFROST_MMAP_BO: flags, and an import', ({ a, fd }) => { const gpu = a.open('panfrost-render'); return a.ioctlAnswer(gpu, 'PANFROST_MMAP_BO', { handle: a.import(gpu, fd), flags: ['0x1'] }) }, 'EINVAL'],
  ['PANFROST_MADVISE: an unknown handle; in 5.2 no such call', ({ a }) => a.ioctlAnswer(a.open('panfrost-render'), 'PANFROST_MADVISE', { handle: UNKNOWN, madv: 1 }), since61('ENOENT', 'EINVAL')],
]

const sync = (...flags: string[]) => ({ flags: flags.map(flag => `DMA_BUF_SYNC_${flag}`) })
const buffers: readonly Row[] = [
  ['SYNC: an unknown flag, and nothing asked', ({ a, fd }) => a.ioctlAnswer(fd, 'DMA_BUF_IOCTL_SYNC', { flags: ['0x8'] }), 'EINVAL'],
  ['SYNC: nothing asked, on a busy buffer', ({ a }) => {
    const vgem = a.open('vgem')
    const handle = a.dumb(vgem)
    const fd = a.export(vgem, handle)
    a.ioctl(vgem, 'VGEM_FENCE_ATTACH', { handle, flags: ['VGEM_FENCE_WRITE'] })
    return a.ioctlAnswer(fd, 'DMA_BUF_IOCTL_SYNC', sync('START'))
  }, 'EINVAL'],
  ['EXPORT_SYNC_FILE: nothing asked, and no number left', ({ a, fd, fill }) => { fill(); return a.ioctlAnswer(fd, 'DMA_BUF_IOCTL_EXPORT_SYNC_FILE', { flags: [] }) }, since61('EINVAL', 'ENOTTY')],
  ['EXPORT_SYNC_FILE: no number left', ({ a, fd, fill }) => { fill(); return a.ioctlAnswer(fd, 'DMA_BUF_IOCTL_EXPORT_SYNC_FILE', sync('READ')) }, since61('EMFILE', 'ENOTTY')],
  ['UDMABUF_CREATE: half a page, and no such descriptor', ({ a }) => a.ioctlAnswer(a.open('/dev/udmabuf'), 'UDMABUF_CREATE', { memfd: -1, offset: 0, size: 100, flags: [] }), 'EINVAL'],
  ['UDMABUF_CREATE: nothing, and no such descriptor', ({ a }) => a.ioctlAnswer(a.open('/dev/udmabuf'), 'UDMABUF_CREATE', { memfd: -1, offset: 0, size: 0, flags: [] }), since61('EINVAL', 'EBADFD')],
  ['UDMABUF_CREATE: no memory file', ({ a, card }) => a.ioctlAnswer(a.open('/dev/udmabuf'), 'UDMABUF_CREATE', { memfd: card, offset: 0, size: 4096, flags: [] }), 'EBADFD'],
  ['UDMABUF_CREATE: wrong seals, and no number left', ({ a, memfd, fill }) => { const [m, u] = [memfd(), a.open('/dev/udmabuf')]; fill(); return a.ioctlAnswer(u, 'UDMABUF_CREATE', { memfd: m, offset: 0, size: 4096, flags: [] }) }, 'EINVAL'],
  ['UDMABUF_CREATE: no number left', ({ a, memfd, fill }) => { const [m, u] = [memfd('F_SEAL_SHRINK'), a.open('/dev/udmabuf')]; fill(); return a.ioctlAnswer(u, 'UDMABUF_CREATE', { memfd: m, offset: 0, size: 4096, flags: [] }) }, 'EMFILE'],
]

const WRITE = { prot: ['PROT_READ', 'PROT_WRITE'] }
const READ = { prot: ['PROT_READ'] }
const PRIVATE = { flags: ['MAP_PRIVATE'] }
const mappings: readonly Row[] = [
  ['mmap: a crooked offset, and no such descriptor', ({ a }) => a.mmapAnswer(-1, { offset: 100 }), 'EINVAL'],
  ['mmap: no such descriptor, and no length', ({ a }) => a.mmapAnswer(-1, { length: 0 }), 'EBADF'],
  ['mmap: no length, and a read-only file', ({ a, fd }) => a.mmapAnswer(fd, { ...WRITE, length: 0 }), 'EINVAL'],
  ['mmap: an offset past all offsets, and a read-only file', ({ a, fd }) => a.mmapAnswer(fd, { ...WRITE, offset: 2 ** 64 - 4096 * 1024, length: 2 ** 40 }), 'EOVERFLOW'],
  ['mmap: a crooked fixed address, and a read-only file', ({ a, fd }) => a.mmapAnswer(fd, { ...WRITE, addr: 0x1001, flags: ['MAP_SHARED', 'MAP_FIXED'] }), 'EINVAL'],
  ['mmap: an unknown flag, and a read-only file', ({ a, fd }) => a.mmapAnswer(fd, { ...WRITE, flags: ['MAP_SHARED_VALIDATE', 'MAP_SYNC'] }), 'EOPNOTSUPP'],
  ['mmap: neither shared nor private, and a read-only file', ({ a, fd }) => a.mmapAnswer(fd, { ...WRITE, flags: [] }), 'EINVAL'],
  ['mmap: a read-only dma-buf, and beyond its end', ({ a, fd }) => a.mmapAnswer(fd, { ...WRITE, length: 4096 * 9 }), 'EACCES'],
  ['mmap: beyond the end of a dma-buf', ({ a, fd }) => a.mmapAnswer(fd, { ...READ, length: 4096 * 9 }), 'EINVAL'],
  ['mmap: a file that is read-only, and cannot be mapped', ({ a }) => a.mmapAnswer(a.open('/dev/udmabuf', 'O_RDONLY'), WRITE), 'EACCES'],
  ['mmap: a file that cannot be mapped', ({ a }) => a.mmapAnswer(a.open('/dev/udmabuf'), WRITE), 'ENODEV'],
  ['mmap: a file that is only for writing, and cannot be mapped', ({ a }) => a.mmapAnswer(a.open('/dev/udmabuf', 'O_WRONLY'), PRIVATE), 'EACCES'],
  ['mmap: a read-only node, and an offset of nothing', ({ a }) => a.mmapAnswer(a.open('cirrus', 'O_RDONLY'), { ...WRITE, offset: 2 ** 40 }), 'EACCES'],
  ['node: an offset of nothing, and no handle', ({ a }) => a.mmapAnswer(a.open('cirrus'), { offset: 2 ** 40 }), 'EINVAL'],
  ['node: too long an area, and no handle', ({ a, own }) => a.mmapAnswer(a.open('cirrus'), { offset: own, length: 4096 * 9 }), 'EINVAL'],
  ['node: no handle, and private', ({ a, own }) => a.mmapAnswer(a.open('cirrus'), { ...PRIVATE, offset: own }), 'EACCES'],
  ['node: private', ({ a, card, own }) => a.mmapAnswer(card, { ...PRIVATE, offset: own }), since61('EINVAL', 'ok')],
  ['munmap: a crooked address, and no length', ({ a }) => a.answer('munmap', { addr: 0x1001, length: 0 }), 'EINVAL'],
  ['mprotect: a crooked address, and no length', ({ a }) => a.answer('mprotect', { addr: 0x1001, length: 0, prot: [] }), 'EINVAL'],
  ['mprotect: no length, and nothing there', ({ a }) => a.answer('mprotect', { addr: 0x1000, length: 0, prot: [] }), 'ok'],
  ['mprotect: no right, and then a hole', ({ a, fd }) => { const addr = a.mmap(fd, READ); return a.answer('mprotect', { addr, length: 8192, ...WRITE }) }, 'EACCES'],
  ['mprotect: a hole, and then no right', ({ a, fd }) => { const addr = a.mmap(fd, { ...READ, length: 8192 }); a.call('munmap', { addr, length: 4096 }); return a.answer('mprotect', { addr, length: 8192, ...WRITE }) }, 'ENOMEM'],
  ['mremap: no new length, and nothing there', ({ a }) => a.answer('mremap', { addr: 0x1000, oldSize: 4096, newSize: 0, flags: [], newAddr: null }), 'EINVAL'],
  ['mremap: nothing there, and longer', ({ a }) => a.answer('mremap', { addr: 0x1000, oldSize: 4096, newSize: 8192, flags: [], newAddr: null }), 'EFAULT'],
  ['mremap: nothing there, not longer', ({ a }) => a.answer('mremap', { addr: 0x1000, oldSize: 4096, newSize: 4096, flags: [], newAddr: null }), since61('EFAULT', 'ok')],
  ['madvise: a crooked address, and nothing there', ({ a }) => a.answer('madvise', { addr: 0x1001, length: 4096, advice: 'DONTNEED' }), 'EINVAL'],
  ['madvise: a hole, and then an area that takes no such advice', ({ a, fd }) => { const addr = a.mmap(fd, { ...READ, length: 8192 }); a.call('munmap', { addr, length: 4096 }); return a.answer('madvise', { addr, length: 8192, advice: 'REMOVE' }) }, 'EACCES'],
  ['msync: a crooked address, and nothing there', ({ a }) => a.answer('msync', { addr: 0x1001, length: 4096 }), 'EINVAL'],
  ['msync: a hole, and then an area that cannot be synced', ({ a }) => {
    const vgem = a.open('cirrus')
    const addr = a.mmap(a.export(vgem, a.dumb(vgem, 2), 'DRM_RDWR'), { length: 8192 })
    a.call('munmap', { addr, length: 4096 })
    return a.answer('msync', { addr, length: 8192 })
  }, 'EINVAL'],
  ['msync: a hole, and then an area that can be synced', ({ a, memfd }) => { const addr = a.mmap(memfd(), { length: 8192 }); a.call('munmap', { addr, length: 4096 }); return a.answer('msync', { addr, length: 8192 }) }, 'ENOMEM'],
]

describe.each([['files', files], ['rights before arguments', rights], ['DRM calls', drm], ['calls of a buffer', buffers], ['mappings', mappings]] as const)('%s', (_, rows) => {
  test.each(rows)('%s', (_title, make, expected) => {
    for (const kernel of KERNELS) expect(`${kernel} ${make(machine(kernel))}`).toBe(`${kernel} ${typeof expected === 'string' ? expected : expected(kernel)}`)
  })
})
