/** What differs between the kernels, one rule after the other: 5.2 and its two offshoots on one side, 6.1 and 6.19 on the other. */
import { describe, expect, test } from 'vitest'
import { mapAttachment, opsOf } from './dma-buf.ts'
import { isFail } from './fail.ts'
import { load, store } from './fault.ts'
import { tryKernel } from './_try.ts'

const OLD = ['K52', 'KBLK', 'KRFC']
const NEW = ['K61', 'KNOW']
const ALL = [...OLD, ...NEW]
const isNew = (kernel: string): boolean => NEW.includes(kernel)

/** A read-only export of an exporting card, imported by another; and the place of the import in its node. */
function shared(kernel: string, exporter = 'cirrus', importer = 'cirrus#2') {
  const t = tryKernel(kernel)
  const a = t.process('A')
  const card = a.open(exporter)
  const handle = a.dumb(card, 2)
  const fd = a.export(card, handle)
  const other = a.open(importer)
  const imported = a.import(other, fd)
  return { ...t, a, card, handle, fd, other, imported, at: t.offsetOf(t.gemOf(importer)) }
}

describe('1. flags and attribute of a shmem mapping', () => {
  test.each(ALL)('%s', kernel => {
    for (const [driver, now] of [['cirrus', 'wb'], ['kms-shmem', 'wc']] as const) {
      const t = tryKernel(kernel)
      const a = t.process('A')
      const card = a.open(driver)
      a.mmap(card, { offset: a.ioctl(card, 'MODE_MAP_DUMB', { handle: a.dumb(card) }).offset! })
      const { flags, attr } = t.sole('vma')
      expect([flags.filter(f => ['io', 'pf', 'mm', 'de', 'dd'].includes(f)).join(' '), attr]).toEqual(isNew(kernel) ? ['pf de dd', now] : ['io de dd mm', 'wc'])
    }
  })
})

describe('2. the node of an importer', () => {
  test.each(ALL)('%s', kernel => {
    const { a, other, at, told, sole, world } = shared(kernel)
    const events = told(() => a.mmap(other, { offset: at }))
    const redirected = kernel === 'KRFC' || isNew(kernel)
    expect(events.includes('mmap.redirect')).toBe(redirected)
    const { file, priv } = sole('vma')
    expect(world.get(file!).kind).toBe(redirected ? 'dmabuf' : 'drm')
    expect(world.get(priv as `gem:${string}`).device).toBe(redirected ? 'device:cirrus' : 'device:cirrus#2')
    // Nobody asks for the mode of the buffer, which is read-only here.
    expect(world.get(world.get(world.ids('dma_buf')[0]!).file).fmode.write).toBe(false)
  })
})

describe('3. private mappings', () => {
  test.each(ALL)('%s', kernel => {
    const { a, card, fd, offsetOf, gemOf } = shared(kernel)
    for (const prot of [['PROT_READ'], ['PROT_READ', 'PROT_WRITE']]) {
      const more = { flags: ['MAP_PRIVATE'], prot }
      expect([a.mmapAnswer(card, { ...more, offset: offsetOf(gemOf('cirrus')) }), a.mmapAnswer(fd, more)]).toEqual(isNew(kernel) ? ['EINVAL', 'EINVAL'] : ['ok', 'ok'])
    }
  })
})

describe('4. objects that user space may only read', () => {
  test.each(ALL)('%s', kernel => {
    const map = (prot: string[]) => {
      const { a, card, world, gemOf, offsetOf } = shared(kernel)
      // i915 marks memory of a process so that may not be written; no driver here does.
      world.set(gemOf('cirrus'), 'readonly', true)
      world.emit('landmark', { task: 'task:A', name: 'marked read-only' })
      const answer = a.mmapAnswer(card, { prot, offset: offsetOf(gemOf('cirrus')) })
      const vma = world.ids('vma')[0]
      return `${answer} ${vma && world.get(vma).flags.includes('mw') ? 'may become writable' : ''}`.trim()
    }
    expect([map(['PROT_READ', 'PROT_WRITE']), map(['PROT_READ'])]).toEqual(isNew(kernel) ? ['ok may become writable', 'ok may become writable'] : ['EINVAL', 'ok'])
  })
})

describe('5. the scatter list of an attachment', () => {
  test.each(ALL)('%s', kernel => {
    const { a, other, imported, world, context, told } = shared(kernel)
    const k = context('task:A')
    const attachment = world.ids('attachment')[0]!
    // Asked for twice: in 5.2 it is made once for each attachment, and stays until that goes.
    const again = told(() => void mapAttachment(k, attachment))
    expect(again.includes('shmem.sgt')).toBe(isNew(kernel))
    const { ops } = { ops: opsOf(k, world.get(attachment).dmaBuf) }
    expect(isFail(ops.map(k, attachment, 'TO')) ? 'EBUSY' : 'ok').toBe(isNew(kernel) ? 'ok' : 'EBUSY')
    const end = told(() => a.ioctl(other, 'GEM_CLOSE', { handle: imported }))
    const order = ['dmabuf.unmap', 'dma.unmap', 'dmabuf.detach'].map(event => [end.indexOf(event), event] as const).sort(([x], [y]) => x - y)
    expect(order.map(([, event]) => event)).toEqual(isNew(kernel) ? ['dma.unmap', 'dmabuf.unmap', 'dmabuf.detach'] : ['dmabuf.unmap', 'dma.unmap', 'dmabuf.detach'])
    expect(order.every(([at]) => at >= 0)).toBe(true)
  })
})

describe('6. who may share, and what a driver without the hook answers', () => {
  test.each(ALL)('%s: an ordinary user on a card', kernel => {
    const t = tryKernel(kernel)
    t.process('A').open('cirrus')
    const b = t.process('B')
    b.call('setuid', { uid: 1000 })
    const card = b.open('cirrus')
    const handle = b.dumb(card)
    expect(b.ioctlAnswer(card, 'PRIME_HANDLE_TO_FD', { handle, flags: [] })).toBe(isNew(kernel) ? 'ok' : 'EACCES')
    expect(b.ioctlAnswer(card, 'PRIME_FD_TO_HANDLE', { fd: 99 })).toBe(isNew(kernel) ? 'EBADF' : 'EACCES')
    const render = b.open('vgem-render')
    expect(b.ioctlAnswer(render, 'PRIME_FD_TO_HANDLE', { fd: 99 })).toBe('EBADF')
  })
  test.each(ALL)('%s: vkms and bochs', kernel => {
    const { a, fd, ...t } = shared(kernel)
    const both = (driver: string, flags: readonly string[] = []): string[] => {
      const card = a.open(driver)
      const handle = a.dumb(card)
      return [a.ioctlAnswer(card, 'PRIME_HANDLE_TO_FD', { handle, flags }), a.ioctlAnswer(card, 'PRIME_FD_TO_HANDLE', { fd })]
    }
    expect(t.world.ids('dma_buf')).toHaveLength(1)
    expect(both('vkms')).toEqual(isNew(kernel) ? ['ok', 'ok'] : ['EOPNOTSUPP', 'EOPNOTSUPP'])
    // The driver is asked before its flags are looked at, while there are drivers without the hook.
    const bochs = kernel === 'KNOW' ? ['ok', 'EINVAL'] : ['ENOSYS', 'ENOSYS']
    expect(both('bochs-drm')).toEqual(bochs)
    expect(both('bochs-drm', ['DRM_NOSUCH'])[0]).toBe(kernel === 'KNOW' ? 'EINVAL' : 'ENOSYS')
  })
})

describe('7. calls that a dma-buf did not know in 5.2', () => {
  test.each(ALL)('%s', kernel => {
    const { a, fd } = shared(kernel)
    const asked = [
      a.ioctlAnswer(fd, 'DMA_BUF_SET_NAME', { name: 'frame' }), a.ioctlAnswer(fd, 'DMA_BUF_IOCTL_EXPORT_SYNC_FILE', { flags: ['DMA_BUF_SYNC_READ'] }),
      a.ioctlAnswer(fd, 'DMA_BUF_IOCTL_IMPORT_SYNC_FILE', { flags: ['DMA_BUF_SYNC_READ'], fd: 99 }),
    ]
    expect(asked).toEqual(isNew(kernel) ? ['ok', 'ok', 'EINVAL'] : ['ENOTTY', 'ENOTTY', 'ENOTTY'])
    const told = a.call('fdinfo', { fd }) as Record<string, unknown>
    expect(['size', 'count', 'exp_name'].filter(field => told[field] !== undefined)).toEqual(isNew(kernel) ? ['size', 'count', 'exp_name'] : [])
  })
})

describe('8. exporters that are not DRM drivers', () => {
  test.each(ALL)('%s: heaps', kernel => {
    const a = tryKernel(kernel).process('A')
    expect(a.answer('open', { path: '/dev/dma_heap/system', flags: ['O_RDWR'] })).toBe(isNew(kernel) ? 'ok' : 'ENOENT')
  })
  test.each(ALL)('%s: udmabuf, with hooks around CPU access or without', kernel => {
    const { a, fd } = udmabuf(kernel)
    const end = (): string => a.ioctlAnswer(fd, 'DMA_BUF_IOCTL_SYNC', { flags: ['DMA_BUF_SYNC_END', 'DMA_BUF_SYNC_READ'] })
    expect(end()).toBe(isNew(kernel) ? 'EINVAL' : 'ok')
    a.ioctlAnswer(fd, 'DMA_BUF_IOCTL_SYNC', { flags: ['DMA_BUF_SYNC_READ'] })
    expect(end()).toBe('ok')
  })
})

test.each(ALL)('9. %s: of the locks, the name shows: who removes an entry of the PRIME cache holds its lock already', kernel => {
  const { a, other, imported, ran } = shared(kernel)
  const functions = ran(() => a.ioctl(other, 'GEM_CLOSE', { handle: imported })).filter(name => name.startsWith('drm_prime_remove'))
  expect(functions).toEqual([isNew(kernel) ? 'drm_prime_remove_buf_handle' : 'drm_prime_remove_buf_handle_locked'])
})

function udmabuf(kernel: string, pages = 2) {
  const t = tryKernel(kernel)
  const a = t.process('A')
  const memfd = a.call('memfd_create', { name: 'm', flags: ['MFD_ALLOW_SEALING'] }) as number
  a.call('ftruncate', { fd: memfd, length: pages * 4096 })
  a.call('fcntl', { fd: memfd, cmd: 'F_ADD_SEALS', arg: ['F_SEAL_SHRINK'] })
  const device = a.open('/dev/udmabuf')
  return { ...t, a, fd: a.ioctl(device, 'UDMABUF_CREATE', { memfd, offset: 0, size: pages * 4096, flags: [] }).fd! }
}

describe('6.1 against 6.19', () => {
  test.each([['K61', 'ENODEV'], ['KNOW', 'ENODEV'], ['K52', 'ENOMEM']])('%s: virtio_gpu takes no foreign buffer: %s', (kernel, errno) => {
    const { a, fd } = shared(kernel)
    expect(a.ioctlAnswer(a.open('virtio_gpu'), 'PRIME_FD_TO_HANDLE', { fd })).toBe(errno)
  })
  test.each([['K61', '', 1], ['KNOW', 'pf de dd', 2]])('%s: areas of a udmabuf are `%s`, and after a split and its end they are %i', (kernel, marks, areas) => {
    const { a, fd, sole, world } = udmabuf(kernel)
    const addr = a.mmap(fd, { length: 8192 })
    expect(sole('vma').flags.filter(f => ['io', 'pf', 'mm', 'de', 'dd'].includes(f)).join(' ')).toBe(marks)
    for (const prot of [['PROT_READ'], ['PROT_READ', 'PROT_WRITE']]) a.call('mprotect', { addr, length: 4096, prot })
    expect(world.ids('vma')).toHaveLength(areas)
  })
  test.each([['K61', 0], ['KNOW', 1]])('%s: a framebuffer keeps %i more references to the dma-buf of its closed handle', (kernel, more) => {
    const count = (shown: boolean): number => {
      const { a, other, imported, world } = shared(kernel)
      const fb = a.ioctl(other, 'MODE_ADDFB', { handle: imported, width: 64, height: 16, pitch: 256 }).fb_id!
      if (!shown) a.ioctl(other, 'MODE_RMFB', { fb_id: fb })
      const keeps = a.mmap(other, { offset: world.get(world.ids('gem')[1]!).offset! * 4096 })
      expect(keeps).toBeGreaterThan(0)
      const before = world.get(world.get(world.ids('dma_buf')[0]!).file).fCount
      a.ioctl(other, 'GEM_CLOSE', { handle: imported })
      return before - world.get(world.get(world.ids('dma_buf')[0]!).file).fCount
    }
    // Without a framebuffer three go: the cache's, the object's memory of it, and the import's. With one the import lives on.
    expect([count(false), count(true)]).toEqual([3, 3 - 1 - more])
  })
  test.each([['K52', 'ENOENT'], ['K61', 'ENOENT'], ['KNOW', 'EMFILE']])('%s: no number left and no such handle: %s', (kernel, errno) => {
    const { a, card, handle } = shared(kernel)
    for (let n = 0; n < 1024; n++) a.answer('dup', { fd: card })
    expect(a.answer('dup', { fd: card })).toBe('EMFILE')
    expect(a.ioctlAnswer(card, 'PRIME_HANDLE_TO_FD', { handle: 99, flags: [] })).toBe(errno)
    expect(a.ioctlAnswer(card, 'PRIME_HANDLE_TO_FD', { handle, flags: [] })).toBe('EMFILE')
  })
  test.each(NEW)('%s: shmem imports have a place in the node, pages count from the start of the area, and the mode of the dma-buf does not matter', kernel => {
    const { a, card, handle, fd, other, at, ...t } = shared(kernel)
    expect(at).toBe(0x100000000)
    const whole = a.mmap(card, { length: 8192, offset: a.ioctl(card, 'MODE_MAP_DUMB', { handle }).offset! })
    const write = a.mmap(other, { offset: at })
    const second = a.mmap(fd, { prot: ['PROT_READ'], offset: 4096 })
    const k = t.context('task:A')
    t.world.call = 'A.touch'
    store(k, write, Uint8Array.of(0xa5))
    store(k, whole + 4096, Uint8Array.of(0x5a))
    expect([load(k, whole, 1).bytes[0], load(k, second, 1).bytes[0]]).toEqual([0xa5, 0xa5])
  })
})
