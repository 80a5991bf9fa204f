/** etnaviv: it forwarded in every release, and counted wrongly until 6.3; its own buffers, and the calls around access of the CPU. */
import { describe, expect, test } from 'vitest'
import { load } from '../fault.ts'
import { flavours } from '../flavours.ts'
import { tryKernel } from '../_try.ts'
import { importing, marksOf } from './_importer.ts'

const ALL = ['K52', 'KBLK', 'K61', 'KNOW']

describe('a mapping of an import', () => {
  test.each(ALL)('%s: the exporter makes it, though the fd is read-only, and the importer\'s node is not held', kernel => {
    const m = importing(kernel, 'etnaviv')
    const f = m.world.get(m.world.get(m.world.ids('dma_buf')[0]!).file).fCount
    m.map()
    expect(m.vma()).toMatchObject({ owner: 'exporter', through: 'dmabuf', pgoff: expect.any(Number) })
    expect(m.world.get(m.world.get(m.world.ids('dma_buf')[0]!).file).fCount).toBe(f + 1)
  })

  test.each([['K52', 3], ['KBLK', 3], ['K61', 3], ['KNOW', 0]])('%s: three times mapped and unmapped leaves %i references that nobody can put', (kernel, leaked) => {
    const m = importing(kernel, 'etnaviv')
    expect(m.refs(m.imported)).toBe(1)
    for (let n = 0; n < 3; n++) m.unmap(m.map())
    expect(m.lost()).toBe(leaked)
    expect(m.refs(m.imported)).toBe(1 + leaked)
    expect(m.refs(m.exported)).toBe(2)
    m.a.ioctl(m.gpu, 'GEM_CLOSE', { handle: m.handle })
    // What leaked keeps the import, its attachment and the dma-buf for ever.
    expect(m.world.has(m.imported)).toBe(leaked > 0)
    expect(m.world.ids('attachment')).toHaveLength(leaked > 0 ? 1 : 0)
    m.a.ioctl(m.card, 'GEM_CLOSE', { handle: m.k })
    m.a.call('close', { fd: m.fd })
    expect(m.world.ids('dma_buf')).toHaveLength(leaked > 0 ? 1 : 0)
  })

  test('6.3 is the release that puts it', () => {
    for (const [release, leaked] of [['6.2', 1], ['6.3', 0]] as const) {
      const m = importing({ ...flavours.K61!, release }, 'etnaviv')
      m.unmap(m.map())
      expect(m.lost(), release).toBe(leaked)
    }
  })

  test('the patch of July 2019: the exporter\'s object is taken for an import of etnaviv\'s, and the kernel stops', () => {
    const m = importing('KRFC', 'etnaviv')
    expect(m.mapAnswer()).toBe('killed')
    expect(m.has('mmap.wrongtype')).toBe(true)
    expect(m.lost()).toBe(1)
  })

  test('5.2: vgem puts the shared-memory file\'s operations into the area and leaves its name in it: that reference is lost too', () => {
    const m = importing('K52', 'etnaviv', 'vgem')
    m.unmap(m.map())
    expect([m.lost(), m.refs(m.imported)]).toEqual([1, 2])
  })

  /** The system heap leaves the area's operations as they are, so what closes the area is the importer's. */
  test.each([['K61', 'ok', 0], ['KNOW', 'killed', 0]])('%s: of a heap, which takes the area from nobody, munmap ends %s', (kernel, end, leaked) => {
    const m = tryKernel(kernel, [{ driver: 'etnaviv', card: 'i', render: null }])
    const a = m.process('A')
    const gpu = a.open('i')
    const { fd } = a.ioctl(a.open('/dev/dma_heap/system'), 'DMA_HEAP_IOCTL_ALLOC', { len: 4096, fd_flags: ['O_RDWR'], heap_flags: [] })
    const handle = a.import(gpu, fd!)
    const { offset } = a.ioctl(gpu, 'ETNAVIV_GEM_INFO', { handle, pad: 0 })
    const addr = a.mmap(gpu, { offset })
    expect(a.answer('munmap', { addr, length: 4096 })).toBe(end)
    expect(m.world.ids('ref').filter(id => m.world.get(id).lost)).toHaveLength(leaked)
  })
})

describe('its own buffers', () => {
  const own = (kernel: string, flag: string) => {
    const m = tryKernel(kernel, [{ driver: 'etnaviv', card: 'i', render: null }])
    const a = m.process('A')
    const gpu = a.open('i')
    const { handle } = a.ioctl(gpu, 'ETNAVIV_GEM_NEW', { size: 8192, flags: [flag] })
    const { offset } = a.ioctl(gpu, 'ETNAVIV_GEM_INFO', { handle, pad: 0 })
    const addr = a.mmap(gpu, { length: 8192, offset })
    const vma = m.world.get(m.world.ids('vma')[0]!)
    return { ...m, a, gpu, handle: handle!, addr, vma, gem: m.world.ids('gem')[0]! }
  }
  test.each([['ETNA_BO_WC', 'wc'], ['ETNA_BO_UNCACHED', 'uc'], ['ETNA_BO_CACHED', 'wb']])('%s is mapped %s; a cached area shows the shared-memory file', (flag, attr) => {
    for (const [kernel, marks] of [['K52', 'io mm de dd'], ['K61', 'pf de dd'], ['KNOW', 'pf de dd']] as const) {
      const { vma, world, context, addr } = own(kernel, flag)
      expect(vma).toMatchObject({ attr, ops: 'etnaviv_gem_vm_ops' })
      expect(marksOf(vma.flags), kernel).toBe(marks)
      expect(world.get(vma.file!).kind).toBe(attr === 'wb' ? 'shmem' : 'drm')
      if (attr === 'wb') expect(vma.pgoff).toBe(0)
      expect(load(context('task:A'), addr + 4096, 4).fault).toBeNull()
    }
  })
  test.each(ALL)('%s: all goes with the last handle and the last area', kernel => {
    for (const flag of ['ETNA_BO_WC', 'ETNA_BO_CACHED']) {
      const { a, gpu, handle, addr, world, context } = own(kernel, flag)
      load(context('task:A'), addr, 4)
      a.ioctl(gpu, 'GEM_CLOSE', { handle })
      expect(world.ids('gem')).toHaveLength(1)
      a.call('munmap', { addr, length: 8192 })
      expect([world.ids('gem'), world.ids('file').filter(id => world.get(id).kind === 'shmem')]).toEqual([[], []])
    }
  })
  test('a buffer of nothing is made, and has no offset', () => {
    const m = tryKernel('K52', [{ driver: 'etnaviv', card: 'i', render: null }])
    const a = m.process('A')
    const gpu = a.open('i')
    const { handle } = a.ioctl(gpu, 'ETNAVIV_GEM_NEW', { size: 0, flags: ['ETNA_BO_WC'] })
    expect(a.ioctlAnswer(gpu, 'ETNAVIV_GEM_INFO', { handle, pad: 0 })).toBe('ENOSPC')
  })
  test('CPU_PREP and CPU_FINI maintain the caches of cached buffers alone, in the direction of the prep', () => {
    const syncs = (flag: string, op: readonly string[], kernel: string): string[] => {
      const { a, gpu, handle, world } = own(kernel, flag)
      a.ioctl(gpu, 'ETNAVIV_GEM_CPU_PREP', { handle, op, timeout: 1 })
      const mark = world.steps.length
      a.ioctl(gpu, 'ETNAVIV_GEM_CPU_PREP', { handle, op, timeout: 1 })
      a.ioctl(gpu, 'ETNAVIV_GEM_CPU_FINI', { handle, flags: [] })
      return world.steps.slice(mark).flatMap(({ event, fields }) => (event === 'dma.sync' ? [`${String((fields as { owner: string }).owner)} ${String((fields as { action: string }).action)}`] : []))
    }
    for (const kernel of ['K52', 'KNOW']) {
      expect(syncs('ETNA_BO_WC', ['ETNA_PREP_READ'], kernel)).toEqual([])
      expect(syncs('ETNA_BO_CACHED', ['ETNA_PREP_WRITE'], kernel)).toEqual(['cpu nothing', 'device clean'])
    }
    expect(syncs('ETNA_BO_CACHED', ['ETNA_PREP_READ'], 'K52')).toEqual(['cpu invalidate', 'device invalidate'])
    expect(syncs('ETNA_BO_CACHED', ['ETNA_PREP_READ', 'ETNA_PREP_WRITE'], 'KNOW')).toEqual(['cpu invalidate', 'device clean'])
  })
})

describe('checks, in their order', () => {
  const at = (request: string, arg: Record<string, unknown>): string => {
    const m = tryKernel('K52', [{ driver: 'etnaviv', card: 'i', render: null }])
    const a = m.process('A')
    return a.ioctlAnswer(a.open('i'), request, arg)
  }
  test.each([
    ['ETNAVIV_GEM_INFO', { handle: 9, pad: 1 }, 'EINVAL'], ['ETNAVIV_GEM_INFO', { handle: 9, pad: 0 }, 'ENOENT'],
    ['ETNAVIV_GEM_NEW', { size: 4096, flags: [] }, 'EINVAL'], ['ETNAVIV_GEM_NEW', { size: 4096, flags: ['ETNA_BO_WC', 'ETNA_BO_CACHED'] }, 'EINVAL'], ['ETNAVIV_GEM_NEW', { size: 4096, flags: ['ETNA_BO_WC', '0x8'] }, 'EINVAL'],
    ['ETNAVIV_GEM_CPU_PREP', { handle: 9, op: ['0x8'], timeout: 0 }, 'EINVAL'], ['ETNAVIV_GEM_CPU_PREP', { handle: 9, op: [], timeout: 0 }, 'ENOENT'],
    ['ETNAVIV_GEM_CPU_FINI', { handle: 9, flags: ['0x1'] }, 'EINVAL'], ['ETNAVIV_GEM_CPU_FINI', { handle: 9, flags: [] }, 'ENOENT'],
    ['ETNAVIV_GEM_SUBMIT', { bos: [{ handle: 9, flags: [] }], relocs: [] }, 'EINVAL'], ['ETNAVIV_GEM_SUBMIT', { bos: [{ handle: 9, flags: ['ETNA_SUBMIT_BO_READ'] }], relocs: [] }, 'EINVAL'],
  ])('%s %j: %s', (request, arg, end) => expect(at(request, arg)).toBe(end))

  test('a busy buffer: readers pass readers, NOSYNC only asks, a time is over', () => {
    const m = tryKernel('KNOW', [{ driver: 'etnaviv', card: 'i', render: null }])
    const a = m.process('A')
    const gpu = a.open('i')
    const { handle } = a.ioctl(gpu, 'ETNAVIV_GEM_NEW', { size: 4096, flags: ['ETNA_BO_WC'] })
    a.ioctl(gpu, 'ETNAVIV_GEM_SUBMIT', { bos: [{ handle, flags: ['ETNA_SUBMIT_BO_READ'] }], relocs: [] })
    const prep = (op: readonly string[]): string => a.ioctlAnswer(gpu, 'ETNAVIV_GEM_CPU_PREP', { handle, op, timeout: 5 })
    expect([prep(['ETNA_PREP_READ']), prep(['ETNA_PREP_WRITE', 'ETNA_PREP_NOSYNC']), prep(['ETNA_PREP_WRITE'])]).toEqual(['ok', 'EBUSY', 'then timeOver'])
  })
})
