/** msm: it never forwards, in no release; what it needs of a machine, and what its own calls do and do not do. */
import { describe, expect, test } from 'vitest'
import { load } from '../fault.ts'
import { flavours } from '../flavours.ts'
import { getPte } from '../pgtable.ts'
import { tryKernel } from '../_try.ts'
import { importing, marksOf } from './_importer.ts'

describe('a mapping of an import', () => {
  test.each([['K52', 'io mm de dd', 'vmf_insert_mixed'], ['KBLK', 'io mm de dd', 'vmf_insert_mixed'], ['K61', 'pf de dd', 'vmf_insert_pfn'], ['KNOW', 'pf de dd', 'vmf_insert_pfn']])(
    '%s: the importer shows the exporter\'s pages itself, write-combined (%s, %s)', (kernel, marks, insert) => {
      for (const exporter of ['kms-shmem', 'kms-shmem-cached', 'rockchip']) {
        const m = importing(kernel, 'msm', exporter)
        const before = m.refs(m.exported)
        const addr = m.map()
        expect(m.vma()).toMatchObject({ owner: 'importer', through: 'drm', attr: 'wc', ops: 'msm_gem_vm_ops' })
        expect(marksOf(m.vma().flags)).toBe(marks)
        expect(m.refs(m.imported)).toBe(2)
        const k = m.context('task:A')
        expect(m.ran(() => load(k, addr + 4096, 4))).toEqual(expect.arrayContaining(['msm_gem_fault', insert]))
        const { pages, dmaAddr } = m.world.get(m.exported)
        expect(getPte(k, addr + 4096)!.frame).toBe(pages ? pages[1] : dmaAddr! / 4096 + 1)
        expect([m.has('mmap.redirect'), m.refs(m.exported)]).toEqual([false, before])
        m.unmap(addr)
        expect([m.refs(m.imported), m.lost()]).toEqual([1, 0])
      }
    })

  test('the patch of July 2019: the exporter\'s object is taken for one of msm\'s, and the kernel stops; one of its own kind is not noticed', () => {
    const m = importing('KRFC', 'msm')
    expect(m.mapAnswer()).toBe('killed')
    expect([m.has('mmap.wrongtype'), m.lost()]).toEqual([true, 1])
    const other = importing('KRFC', 'msm', 'msm#3')
    expect(other.mapAnswer()).toBe('ok')
    expect([other.vma().owner, other.lost()]).toEqual(['exporter', 1])
  })

  test('a private mapping is not refused, and its first access is an assertion where frames are put in bare', () => {
    const m = importing('KNOW', 'msm')
    const addr = m.a.mmap(m.gpu, { length: 8192, offset: m.offset(), flags: ['MAP_PRIVATE'] })
    expect(load(m.context('task:A'), addr, 4).fault).toBe('BUG')
  })

  test('its dumb offset does not ask whether the object is an import', () => {
    for (const kernel of ['K52', 'K61', 'KNOW']) {
      const m = importing(kernel, 'msm')
      expect(m.a.ioctl(m.gpu, 'MODE_MAP_DUMB', { handle: m.handle }).offset).toBe(m.offset())
    }
  })
})

test('without an IOMMU it takes no foreign buffer, up to 6.1, and leaves nothing attached', () => {
  const answer = (kernel: string): string => {
    const m = tryKernel(kernel, [{ driver: 'kms-shmem', card: 'x', render: null }, { driver: 'msm', card: 'i', render: null }], { noIommu: ['msm'] })
    const a = m.process('A')
    const card = a.open('x')
    const fd = a.export(card, a.dumb(card), 'DRM_RDWR')
    const end = a.ioctlAnswer(a.open('i'), 'PRIME_FD_TO_HANDLE', { fd })
    if (end !== 'ok') expect([m.world.ids('attachment'), m.world.ids('gem').length]).toEqual([[], 1])
    return end
  }
  expect(['K52', 'KRFC', 'K61', 'KNOW'].map(answer)).toEqual(['EINVAL', 'EINVAL', 'EINVAL', 'ok'])
})

describe('its own buffers', () => {
  const own = (kernel: string, ...flags: readonly string[]) => {
    const m = tryKernel(kernel, [{ driver: 'msm', card: 'i', render: null }, { driver: 'msm#2', card: 'j', render: null }])
    const a = m.process('A')
    const gpu = a.open('i')
    const made = (): { handle?: number } => a.ioctl(gpu, 'MSM_GEM_NEW', { size: 8192, flags })
    return { ...m, a, gpu, made, answer: (): string => a.ioctlAnswer(gpu, 'MSM_GEM_NEW', { size: 8192, flags }) }
  }
  test.each([['MSM_BO_WC', 'wc', 'wc'], ['MSM_BO_UNCACHED', 'uc', 'wc'], ['MSM_BO_CACHED', 'wb', 'wb']])('%s is mapped %s in 5.2 and %s today; cached pages are not cleaned', (flag, then, today) => {
    for (const [kernel, attr, file] of [['K52', then, then === 'wb' ? 'shmem' : 'drm'], ['KNOW', today, 'drm']] as const) {
      const { a, gpu, made, world, context } = own(kernel, flag)
      const { handle } = made()
      const { value } = a.ioctl(gpu, 'MSM_GEM_INFO', { handle, info: 'MSM_INFO_GET_OFFSET', len: 0, pad: 0 })
      const addr = a.mmap(gpu, { length: 8192, offset: value })
      load(context('task:A'), addr, 4)
      const vma = world.get(world.ids('vma')[0]!)
      expect([vma.attr, world.get(vma.file!).kind], kernel).toEqual([attr, file])
      expect(world.steps.some(step => step.event === 'dma.sync')).toBe(attr !== 'wb')
      a.call('munmap', { addr, length: 8192 })
      a.ioctl(gpu, 'GEM_CLOSE', { handle })
      expect(world.ids('gem')).toEqual([])
    }
  })
  test('CPU_PREP waits, CPU_FINI is nothing: no cache is touched, even of a cached buffer', () => {
    const { a, gpu, made, told } = own('KNOW', 'MSM_BO_CACHED')
    const { handle } = made()
    const events = told(() => {
      a.ioctl(gpu, 'MSM_GEM_CPU_PREP', { handle, op: ['MSM_PREP_READ'], timeout: 1 })
      a.ioctl(gpu, 'MSM_GEM_CPU_FINI', { handle })
    })
    expect(events.filter(event => event.startsWith('dma.'))).toEqual([])
    a.ioctl(gpu, 'MSM_GEM_SUBMIT', { bos: [{ handle, flags: ['MSM_SUBMIT_BO_READ'] }], ops: [] })
    const prep = (op: readonly string[], timeout = 5): string => a.ioctlAnswer(gpu, 'MSM_GEM_CPU_PREP', { handle, op, timeout })
    expect([prep(['MSM_PREP_READ']), prep(['MSM_PREP_WRITE', 'MSM_PREP_NOSYNC']), prep(['MSM_PREP_WRITE'], 0), prep(['MSM_PREP_WRITE'])]).toEqual(['ok', 'EBUSY', 'EBUSY', 'then timeOver'])
  })
  test('MSM_BO_NO_SHARE is known since 6.17: its export is EPERM, and an attachment would be EINVAL', () => {
    expect([own('K61', 'MSM_BO_WC', 'MSM_BO_NO_SHARE').answer(), own('K52', 'MSM_BO_WC', 'MSM_BO_NO_SHARE').answer()]).toEqual(['EINVAL', 'EINVAL'])
    const { a, gpu, made, gemOf, context } = own('KNOW', 'MSM_BO_WC', 'MSM_BO_NO_SHARE')
    const { handle } = made()
    expect(a.ioctlAnswer(gpu, 'PRIME_HANDLE_TO_FD', { handle, flags: [] })).toBe('EPERM')
    const k = context('task:A')
    expect(k.drivers['device:i']!.pin!(k, gemOf('i'))).toMatchObject({ errno: 'EINVAL' })
  })
  test('an attachment pins: a count today, none in 5.2', () => {
    for (const [kernel, pins] of [['K52', 0], ['K61', 1], ['KNOW', 1]] as const) {
      const { a, gpu, made, world, gemOf } = own(kernel, 'MSM_BO_WC')
      const { handle } = made()
      a.import(a.open('j'), a.export(gpu, handle!, 'DRM_RDWR'))
      expect([world.get(gemOf('i')).pagesPin, world.get(gemOf('i')).pages !== null], kernel).toEqual([pins, true])
    }
  })
})

test.each([
  ['MSM_GEM_INFO', { handle: 9, info: 'MSM_INFO_GET_OFFSET', len: 0, pad: 1 }, 'EINVAL'], ['MSM_GEM_INFO', { handle: 9, info: '0x77', len: 0, pad: 0 }, 'EINVAL'],
  ['MSM_GEM_INFO', { handle: 9, info: 'MSM_INFO_GET_IOVA', len: 4, pad: 0 }, 'EINVAL'], ['MSM_GEM_INFO', { handle: 9, info: 'MSM_INFO_GET_IOVA', len: 0, pad: 0 }, 'ENOENT'],
  ['MSM_GEM_NEW', { size: 0, flags: ['MSM_BO_WC'] }, 'EINVAL'], ['MSM_GEM_NEW', { size: 4096, flags: [] }, 'EINVAL'], ['MSM_GEM_NEW', { size: 4096, flags: ['MSM_BO_WC', '0x8'] }, 'EINVAL'],
  ['MSM_GEM_CPU_PREP', { handle: 9, op: ['0x8'], timeout: 0 }, 'EINVAL'], ['MSM_GEM_CPU_PREP', { handle: 9, op: [], timeout: 0 }, 'ENOENT'], ['MSM_GEM_CPU_FINI', { handle: 9 }, 'ENOENT'],
  ['MSM_GEM_SUBMIT', { bos: [{ handle: 9, flags: [] }], ops: [] }, 'EINVAL'], ['MSM_GEM_SUBMIT', { bos: [{ handle: 9, flags: ['MSM_SUBMIT_BO_READ'] }], ops: [] }, 'EINVAL'],
])('%s %j: %s', (request, arg, end) => {
  for (const kernel of Object.keys(flavours)) {
    const m = tryKernel(kernel, [{ driver: 'msm', card: 'i', render: null }])
    const a = m.process('A')
    expect(a.ioctlAnswer(a.open('i'), request, arg), kernel).toBe(end)
  }
})
