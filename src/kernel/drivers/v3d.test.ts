/** v3d: the shmem helper's history, and calls of its own. */
import { expect, test } from 'vitest'
import { flavours } from '../flavours.ts'
import { tryKernel } from '../_try.ts'
import { importing, marksOf } from './_importer.ts'

test.each([
  ['K52', { owner: 'importer', through: 'drm', attr: 'wc' }, 'io mm de dd', 0], ['KBLK', { owner: 'importer', through: 'drm', attr: 'wc' }, 'io mm de dd', 0],
  ['KRFC', { owner: 'exporter', through: 'dmabuf' }, 'io mm de dd', 1], ['K61', { owner: 'exporter', through: 'dmabuf' }, 'pf de dd', 0], ['KNOW', { owner: 'exporter', through: 'dmabuf' }, 'pf de dd', 0],
])('%s: a mapping of an import is %j (%s), and %i references are lost', (kernel, area, marks, lost) => {
  const m = importing(kernel, 'v3d')
  const addr = m.map()
  expect(m.vma()).toMatchObject(area)
  expect(marksOf(m.vma().flags)).toBe(marks)
  m.unmap(addr)
  expect([m.lost(), m.refs(m.imported)]).toEqual([lost, 1 + lost])
})

test('buffers stand at multiples of 128 KiB on the GPU, imports too', () => {
  const m = importing('KNOW', 'v3d')
  const { offset } = m.a.ioctl(m.gpu, 'V3D_CREATE_BO', { size: 4096, flags: [] })
  expect([m.a.ioctl(m.gpu, 'V3D_GET_BO_OFFSET', { handle: m.handle }).offset, offset]).toEqual([0x20000, 0x40000])
})

test.each([
  ['V3D_MMAP_BO', { handle: 9, flags: ['0x1'] }, 'EINVAL'], ['V3D_MMAP_BO', { handle: 9, flags: [] }, 'ENOENT'], ['V3D_GET_BO_OFFSET', { handle: 9 }, 'ENOENT'],
  ['V3D_CREATE_BO', { size: 4096, flags: ['0x1'] }, 'EINVAL'], ['V3D_CREATE_BO', { size: 0, flags: [] }, 'EINVAL'],
  ['V3D_SUBMIT_CL', { handles: [9], flags: ['0x8'], ops: [] }, 'EINVAL'], ['V3D_SUBMIT_CL', { handles: [9], flags: [], ops: [] }, 'ENOENT'],
  ['V3D_WAIT_BO', { handle: 9, pad: 1, timeout: 0 }, 'EINVAL'], ['V3D_WAIT_BO', { handle: 9, pad: 0, timeout: 0 }, 'EINVAL'],
])('%s %j: %s', (request, arg, end) => {
  for (const kernel of Object.keys(flavours)) {
    const m = tryKernel(kernel, [{ driver: 'v3d', card: 'i', render: null }])
    const a = m.process('A')
    expect(a.ioctlAnswer(a.open('i'), request, arg), kernel).toBe(end)
  }
})

test('WAIT_BO of a busy buffer is ETIME, asked or waited for', () => {
  const m = tryKernel('KNOW', [{ driver: 'v3d', card: 'i', render: null }])
  const a = m.process('A')
  const gpu = a.open('i')
  const { handle } = a.ioctl(gpu, 'V3D_CREATE_BO', { size: 4096, flags: [] })
  const wait = (timeout: number): string => a.ioctlAnswer(gpu, 'V3D_WAIT_BO', { handle, pad: 0, timeout })
  expect(wait(0)).toBe('ok')
  a.ioctl(gpu, 'V3D_SUBMIT_CL', { handles: [handle], flags: [], ops: [] })
  expect([wait(0), wait(5)]).toEqual(['ETIME', 'then timeOver'])
  // A mere reader's fence is a write here.
  expect(m.sole('resv').fences.map(({ usage }) => usage)).toEqual(['write'])
})
