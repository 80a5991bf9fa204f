/** lima: code of its own in 2019, the helper today. */
import { expect, test } from 'vitest'
import { load } from '../fault.ts'
import { flavours } from '../flavours.ts'
import { getPte } from '../pgtable.ts'
import { tryKernel } from '../_try.ts'
import { importing, marksOf } from './_importer.ts'

test.each(['K52', 'KBLK'])('%s: it shows the exporter\'s pages itself, mixed and write-combined', kernel => {
  const m = importing(kernel, 'lima', 'kms-shmem-cached')
  const addr = m.map()
  expect(m.vma()).toMatchObject({ owner: 'importer', through: 'drm', attr: 'wc', ops: 'lima_gem_vm_ops' })
  expect(marksOf(m.vma().flags)).toBe('io mm de dd')
  const k = m.context('task:A')
  expect(m.ran(() => load(k, addr + 4096, 4))).toEqual(expect.arrayContaining(['lima_gem_fault', 'vmf_insert_mixed']))
  expect(getPte(k, addr + 4096)!.frame).toBe(m.world.get(m.exported).pages![1])
  m.unmap(addr)
  expect([m.refs(m.imported), m.lost()]).toEqual([1, 0])
})

test.each(['K61', 'KNOW'])('%s: it hands the mapping to the exporter', kernel => {
  const m = importing(kernel, 'lima')
  m.map()
  expect(m.vma()).toMatchObject({ owner: 'exporter', through: 'dmabuf' })
  expect([m.refs(m.imported), m.lost()]).toEqual([1, 0])
})

/** It looks at nothing that the area names; the attribute is overwritten, the marks stay good for shared memory. */
test('the patch of July 2019: it overwrites flags and protection of the exporter\'s area, and goes on; only the leak is left', () => {
  const m = importing('KRFC', 'lima', 'kms-shmem-cached')
  const addr = m.map()
  expect(m.vma()).toMatchObject({ owner: 'exporter', through: 'dmabuf', attr: 'wc' })
  expect(marksOf(m.vma().flags)).toContain('mm')
  expect(load(m.context('task:A'), addr, 4).fault).toBeNull()
  expect(m.lost()).toBe(1)
})

test.each(Object.keys(flavours))('%s: a buffer has a place on the GPU while some file has a handle of it', kernel => {
  const m = importing(kernel, 'lima')
  const other = m.a.open('i')
  const handle = m.a.import(other, m.fd)
  expect(m.world.ids('gem')).toHaveLength(3)
  const second = m.world.ids('gem').at(-1)!
  m.a.ioctl(other, 'GEM_CLOSE', { handle })
  expect(m.world.has(second)).toBe(false)
  expect(m.a.ioctl(m.gpu, 'LIMA_GEM_INFO', { handle: m.handle }).va).toBe(0)
})

test.each([
  ['LIMA_GEM_INFO', { handle: 9 }, 'ENOENT'], ['LIMA_GEM_CREATE', { size: 0, flags: [] }, 'EINVAL'], ['LIMA_GEM_CREATE', { size: 4096, flags: ['0x8'] }, 'EINVAL'],
  ['LIMA_GEM_SUBMIT', { bos: [], ops: [] }, 'EINVAL'], ['LIMA_GEM_SUBMIT', { bos: [{ handle: 9, flags: [] }], ops: [] }, 'ENOENT'],
  ['LIMA_GEM_WAIT', { handle: 9, op: ['0x8'], timeout: 0 }, 'EINVAL'], ['LIMA_GEM_WAIT', { handle: 9, op: [], timeout: 0 }, 'ok'], ['LIMA_GEM_WAIT', { handle: 9, op: ['LIMA_GEM_WAIT_READ'], timeout: 0 }, 'EINVAL'],
])('%s %j: %s', (request, arg, end) => {
  for (const kernel of Object.keys(flavours)) {
    const m = tryKernel(kernel, [{ driver: 'lima', card: 'i', render: null }])
    const a = m.process('A')
    expect(a.ioctlAnswer(a.open('i'), request, arg), kernel).toBe(end)
  }
})

test.each(['K52', 'KNOW'])('%s: GEM_WAIT for a reader passes readers; its own buffers have pages from the start, cleaned', kernel => {
  const m = tryKernel(kernel, [{ driver: 'lima', card: 'i', render: null }])
  const a = m.process('A')
  const gpu = a.open('i')
  const { handle } = a.ioctl(gpu, 'LIMA_GEM_CREATE', { size: 8192, flags: [] })
  expect(m.world.get(m.gemOf('i')).pages).toHaveLength(2)
  expect(m.world.steps.some(step => step.event === 'dma.sync')).toBe(true)
  a.ioctl(gpu, 'LIMA_GEM_SUBMIT', { bos: [{ handle, flags: ['LIMA_SUBMIT_BO_READ'] }], ops: [] })
  const wait = (op: string, timeout: number): string => a.ioctlAnswer(gpu, 'LIMA_GEM_WAIT', { handle, op: [op], timeout })
  expect([wait('LIMA_GEM_WAIT_READ', 0), wait('LIMA_GEM_WAIT_WRITE', 0), wait('LIMA_GEM_WAIT_WRITE', 5)]).toEqual(['ok', 'EBUSY', 'then timeOver'])
})
