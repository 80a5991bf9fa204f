/** Displays that import: the DMA helper tells no offset and forwards nothing, exynos forwards and leaks, if somebody knows the offset. */
import { describe, expect, test } from 'vitest'
import { flavours } from '../flavours.ts'
import { getPte } from '../pgtable.ts'
import { tryKernel } from '../_try.ts'
import { importing } from './_importer.ts'

const KERNELS = Object.keys(flavours)
const QUIET = ['K52', 'KBLK', 'K61', 'KNOW']

describe.each(['sun4i-drm', 'rockchip', 'exynos'])('%s', driver => {
  test.each(KERNELS)('%s: MAP_DUMB of an import is refused', kernel => {
    const m = importing(kernel, driver, 'rockchip#7')
    expect(m.a.ioctlAnswer(m.gpu, 'MODE_MAP_DUMB', { handle: m.handle })).toBe('EINVAL')
  })
  test.each(KERNELS)('%s: its own buffers lie in one piece and are mapped whole', kernel => {
    const m = tryKernel(kernel, [{ driver, card: 'i', render: null }])
    const a = m.process('A')
    const card = a.open('i')
    const handle = a.dumb(card, 2)
    const addr = a.mmap(card, { length: 8192, offset: a.ioctl(card, 'MODE_MAP_DUMB', { handle }).offset! })
    const first = m.world.get(m.gemOf('i')).dmaAddr! / 4096
    expect([0, 4096].map(at => getPte(m.context('task:A'), addr + at)!.frame)).toEqual([first, first + 1])
    expect(m.sole('vma')).toMatchObject({ attr: 'wc', pgoff: 0 })
    a.call('munmap', { addr, length: 8192 })
    a.ioctl(card, 'GEM_CLOSE', { handle })
    expect(m.world.ids('gem')).toEqual([])
  })
})

describe.each(['sun4i-drm', 'rockchip'])('%s', driver => {
  test.each(KERNELS)('%s: a scattered buffer is EINVAL at import, and nothing stays attached; one in one piece is taken', kernel => {
    const m = tryKernel(kernel, [{ driver: 'kms-shmem', card: 'x', render: null }, { driver, card: 'i', render: null }])
    const a = m.process('A')
    const [card, display] = [a.open('x'), a.open('i')]
    const shared = () => {
      const handle = a.dumb(card, 2)
      const fd = a.export(card, handle)
      const end = a.ioctlAnswer(display, 'PRIME_FD_TO_HANDLE', { fd })
      const [first, second] = m.world.get(m.gemOf('x')).filp!
      a.call('close', { fd })
      a.ioctl(card, 'GEM_CLOSE', { handle })
      return [end, second! - first!]
    }
    expect(shared()).toEqual(['ok', 1])
    a.ioctl(display, 'GEM_CLOSE', { handle: 1 })
    // Frames that were given back come again in another order.
    expect(shared()).toEqual(['EINVAL', -1])
    expect([m.world.ids('attachment'), m.world.ids('gem')]).toEqual([[], []])
  })
  test.each(QUIET)('%s: by a guessed offset it would show the exporter\'s memory itself', kernel => {
    const m = importing(kernel, driver, 'rockchip#7')
    m.map()
    expect(m.vma()).toMatchObject({ owner: 'importer', through: 'drm' })
    expect(m.has('mmap.redirect')).toBe(false)
  })
  test('the patch of July 2019: of shared memory the wrong type, of its own kind pages that are there already; either way the kernel stops', () => {
    for (const [exporter, event] of [['kms-shmem', 'mmap.wrongtype'], ['rockchip#7', 'dma.mmap.twice']] as const) {
      const m = importing('KRFC', driver, exporter)
      expect([m.mapAnswer(), m.has(event), m.lost()], exporter).toEqual(['killed', true, 1])
    }
  })
})

describe('exynos', () => {
  test.each(QUIET)('%s: by a guessed offset the exporter makes the area, and each mapping leaks a reference, to this day', kernel => {
    const m = importing(kernel, 'exynos', 'rockchip')
    for (const n of [1, 2]) {
      const addr = m.map()
      expect(m.vma()).toMatchObject({ owner: 'exporter', through: 'dmabuf' })
      m.unmap(addr)
      expect([m.lost(), m.refs(m.imported)]).toEqual([n, 1 + n])
    }
  })
  test('the patch of July 2019: it takes the exporter\'s object for its own', () => {
    const m = importing('KRFC', 'exynos', 'kms-shmem')
    expect([m.mapAnswer(), m.has('mmap.wrongtype')]).toEqual(['killed', true])
  })
})
