/** The queue of a video device: who may ask for what, what an export is, and what keeps a buffer alive. */
import { beforeEach, expect, test } from 'vitest'
import type { Platform } from '../hardware/hardware.ts'
import { Memory } from '../hardware/memory.ts'
import { danglingRefs, wrongCounts } from '../journal/edges.ts'
import { World } from '../world/world.ts'
import { bootKernel } from './boot.ts'
import { flavours } from './flavours.ts'
import { Fail } from './fail.ts'
import { trap, valueOf } from './trap.ts'

const platform: Platform = {
  id: 'test', title: '', cls: 'NC', devCls: {}, dtCoherent: {}, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: true, walkCoherent: false, cores: 1, dramBase: 0, leavesOut: '',
}
const CAPTURE = 'V4L2_BUF_TYPE_VIDEO_CAPTURE'
const RW = ['PROT_READ', 'PROT_WRITE']

let world: World
let call: (name: string, args: Record<string, unknown>) => unknown
beforeEach(() => boot())
function boot(kernel = 'KNOW'): void {
  world = new World()
  const booted = bootKernel(world, new Memory(world, platform), flavours[kernel]!, [])
  booted.start('A')
  const k = booted.context('task:A')
  let n = 0
  call = (name, args) => {
    world.call = `A.${++n}`
    const outcome = trap(k, name, args)
    expect([...wrongCounts(world), ...danglingRefs(world)]).toEqual([])
    return outcome instanceof Fail ? outcome.errno : valueOf(outcome)
  }
}
const open = (path = '/dev/video0'): number => call('open', { path, flags: ['O_RDWR'] }) as number
const ioctl = (fd: number, request: string, arg: Record<string, unknown>): unknown => call('ioctl', { fd, request, arg })
const reqbufs = (fd: number, count: number, type = CAPTURE, memory = 'V4L2_MEMORY_MMAP'): unknown => ioctl(fd, 'VIDIOC_REQBUFS', { count, type, memory })
const expbuf = (fd: number, arg: Record<string, unknown> = {}): unknown => ioctl(fd, 'VIDIOC_EXPBUF', { type: CAPTURE, index: 0, plane: 0, flags: ['O_RDWR'], ...arg })
const exported = (fd: number, arg: Record<string, unknown> = {}): number => (expbuf(fd, arg) as { fd: number }).fd
const map = (fd: number, more: Record<string, unknown> = {}): unknown => call('mmap', { addr: null, length: 4096, prot: RW, flags: ['MAP_SHARED'], fd, offset: 0, ...more })

test('REQBUFS: the kind of memory, the type of the queue, then its owner; more than 32 are 32', () => {
  const [mine, other] = [open(), open()]
  expect(reqbufs(mine, 1, CAPTURE, 'V4L2_MEMORY_USERPTR')).toBe('EINVAL')
  expect(reqbufs(mine, 1, 'V4L2_BUF_TYPE_VIDEO_OUTPUT')).toBe('EINVAL')
  expect(reqbufs(mine, 99)).toEqual({ count: 32 })
  expect(reqbufs(other, 1)).toBe('EBUSY')
  // What is wrong with the request itself is found before the owner is asked for.
  expect(reqbufs(other, 1, 'V4L2_BUF_TYPE_VIDEO_OUTPUT')).toBe('EINVAL')
  expect(reqbufs(mine, 0)).toEqual({ count: 0 })
  expect(reqbufs(other, 1)).toEqual({ count: 1 })
})

test('QUERYBUF: anybody may ask; each buffer has an offset of its own', () => {
  const [mine, other] = [open(), open()]
  reqbufs(mine, 2)
  const ask = (fd: number, index: number, type = CAPTURE): unknown => ioctl(fd, 'VIDIOC_QUERYBUF', { type, index })
  expect([ask(other, 0), ask(other, 1)]).toEqual([{ offset: 0, length: 4096 }, { offset: 4096, length: 4096 }])
  expect([ask(mine, 2), ask(mine, 0, 'V4L2_BUF_TYPE_VIDEO_OUTPUT')]).toEqual(['EINVAL', 'EINVAL'])
})

test('EXPBUF: its owner first, then buffers at all, flags, type, number and plane', () => {
  const [mine, other] = [open(), open()]
  expect(expbuf(mine)).toBe('EINVAL')
  reqbufs(mine, 1)
  expect(expbuf(other, { flags: ['O_APPEND'] })).toBe('EBUSY')
  for (const wrong of [{ flags: ['O_RDWR', 'O_APPEND'] }, { type: 'V4L2_BUF_TYPE_VIDEO_OUTPUT' }, { index: 1 }, { plane: 1 }]) expect(expbuf(mine, wrong), JSON.stringify(wrong)).toBe('EINVAL')
  expect(exported(mine)).toBeTypeOf('number')
})

test('each export is a dma-buf of its own, and each has the mode that its own flags asked for', () => {
  const video = open()
  reqbufs(video, 1)
  const [read, write] = [exported(video, { flags: ['O_RDONLY'] }), exported(video)]
  expect(world.ids('dma_buf')).toHaveLength(2)
  expect([map(read), map(read, { prot: ['PROT_READ'] })]).toEqual(['EACCES', expect.any(Number)])
  expect(map(write)).toBeTypeOf('number')
  // So a first export for reading only spoils nothing, other than with a DRM driver.
})

test.each([['/dev/video0', 'wc'], ['/dev/video1', 'wb']] as const)('%s: mapped %s, whole at once; an area, an export and the queue each keep the buffer', (path, attr) => {
  const video = open(path)
  reqbufs(video, 1)
  const fd = exported(video)
  const mark = world.steps.length
  const addr = map(video)
  expect(world.steps.slice(mark).some(({ event }) => event === 'pte.set')).toBe(true)
  expect(world.get(world.ids('vma')[0]!)).toMatchObject({ attr, priv: world.get(world.ids('dma_buf')[0]!).priv })
  const bufs = (): number => [...world.records.keys()].filter(id => /^vb2_(dc|dma_sg)_buf:/.test(id)).length
  call('close', { fd })
  expect(bufs()).toBe(1)
  // The area holds the device's file, and that is the owner of the queue: nothing goes yet.
  call('close', { fd: video })
  expect(bufs()).toBe(1)
  call('munmap', { addr, length: 4096 })
  expect([bufs(), world.ids('vb2_queue').length]).toEqual([0, 0])
})

test('an export outlives its queue', () => {
  const video = open()
  reqbufs(video, 1)
  const fd = exported(video)
  call('close', { fd: video })
  expect([world.ids('vb2_queue').length, world.ids('vb2_dc_buf').length]).toEqual([0, 1])
  expect(map(fd)).toBeTypeOf('number')
})

test('mmap of the device: shared, readable, and the offset of a buffer', () => {
  const video = open()
  expect(map(video)).toBe('EINVAL')
  reqbufs(video, 1)
  for (const wrong of [{ flags: ['MAP_PRIVATE'] }, { prot: ['PROT_WRITE'] }, { offset: 4096 }, { length: 8192 }]) expect(map(video, wrong), JSON.stringify(wrong)).toBe('EINVAL')
})

test('a dma-buf of a queue from a page on that it does not have is refused as too long, before its exporter is asked', () => {
  const video = open('/dev/video1')
  reqbufs(video, 1)
  expect(map(exported(video), { offset: 4096 })).toBe('EINVAL')
})
