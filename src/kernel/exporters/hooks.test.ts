/**
 * What exporters that are no DRM drivers do around CPU access: for whom they maintain the caches, in which direction, and in which
 * release; and how their areas are filled.
 */
import { describe, expect, test } from 'vitest'
import type { Platform } from '../../hardware/hardware.ts'
import { Memory } from '../../hardware/memory.ts'
import { is } from '../../journal/step.ts'
import { World } from '../../world/world.ts'
import { bootKernel } from '../boot.ts'
import { opsOf } from '../dma-buf.ts'
import { exporters } from '../exporter-shelf.ts'
import { Fail } from '../fail.ts'
import { flavours } from '../flavours.ts'
import { trap, valueOf } from '../trap.ts'

const base: Platform = {
  id: 'test', title: '', cls: 'NC', devCls: {}, dtCoherent: {}, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: true, walkCoherent: false, cores: 1, dramBase: 0, leavesOut: '',
}

function machine(kernel: string, id: string, platform: Platform = base) {
  const spec = exporters.find(({ offer }) => offer.id === id)!
  const world = new World()
  const parts = flavours[kernel]!
  const nodes = Object.fromEntries(Object.keys(spec.nodes).map(node => [node, ({ heap: 'heap', udmabuf: 'udmabuf', v4l2: 'video' } as const)[spec.way]]))
  const booted = bootKernel(world, new Memory(world, platform), { ...parts, plainNodes: { ...parts.plainNodes, ...nodes } }, [{ driver: 'kms-shmem', card: 'card0', render: null }, { driver: 'kms-shmem#2', card: 'card1', render: null }])
  booted.start('A')
  const k = booted.context('task:A')
  let n = 0
  const call = (name: string, args: Record<string, unknown>): unknown => {
    world.call = `A.${++n}`
    const outcome = trap(k, name, args)
    return outcome instanceof Fail ? outcome.errno : valueOf(outcome)
  }
  const ioctl = (fd: number, request: string, arg: Record<string, unknown>) => call('ioctl', { fd, request, arg }) as { fd: number; handle: number }
  const open = (path: string): number => call('open', { path, flags: ['O_RDWR'] }) as number
  const node = open(Object.keys(spec.nodes)[0]!)
  const made = {
    heap: () => ioctl(node, 'DMA_HEAP_IOCTL_ALLOC', { len: 8192, fd_flags: ['O_RDWR'], heap_flags: [] }),
    udmabuf: () => {
      const memfd = call('memfd_create', { name: 'm', flags: ['MFD_ALLOW_SEALING'] }) as number
      call('ftruncate', { fd: memfd, length: 8192 })
      call('fcntl', { fd: memfd, cmd: 'F_ADD_SEALS', arg: ['F_SEAL_SHRINK'] })
      return ioctl(node, 'UDMABUF_CREATE', { memfd, offset: 0, size: 8192, flags: [] })
    },
    v4l2: () => {
      ioctl(node, 'VIDIOC_REQBUFS', { count: 1, type: 'V4L2_BUF_TYPE_VIDEO_CAPTURE', memory: 'V4L2_MEMORY_MMAP' })
      return ioctl(node, 'VIDIOC_EXPBUF', { type: 'V4L2_BUF_TYPE_VIDEO_CAPTURE', index: 0, plane: 0, flags: ['O_RDWR'] })
    },
  }[spec.way]()
  const dmaBuf = world.ids('dma_buf')[0]!
  /** What a part of a run did to the caches: for which device, in which direction, and how. */
  const syncs = (from: number): string[] => world.steps.slice(from).flatMap(step => (is(step, 'dma.sync') ? [`${step.fields.device} ${step.fields.dir} ${step.fields.action}`] : is(step, 'dma.coherent') ? [`${step.fields.device} coherent`] : []))
  const after = (act: () => unknown): string[] => {
    const from = world.steps.length
    const answer = act()
    return typeof answer === 'string' ? [answer] : syncs(from)
  }
  const sync = (...flags: string[]): string[] => after(() => ioctl(made.fd, 'DMA_BUF_IOCTL_SYNC', { flags: flags.map(flag => `DMA_BUF_SYNC_${flag}`) }))
  const attach = (card: string): number => ioctl(open(`/dev/dri/${card}`), 'DRM_IOCTL_PRIME_FD_TO_HANDLE', { fd: made.fd }).handle
  return { world, k, call, fd: made.fd, dmaBuf, sync, attach, after, ops: opsOf(k, dmaBuf) }
}

describe('heaps (E6, E7): each device that has the buffer mapped, and no other', () => {
  test.each(['E6', 'E7'])('%s', id => {
    const { sync, attach, after } = machine('KNOW', id)
    expect(sync('START', 'READ', 'WRITE'), 'nobody has it mapped').toEqual([])
    expect(after(() => attach('card0')), 'mapping it cleans').toEqual(['device:card0 BIDIR clean'])
    attach('card1')
    expect(sync('START', 'READ')).toEqual(['device:card1 FROM invalidate', 'device:card0 FROM invalidate'])
    expect(sync('START', 'WRITE')).toEqual(['device:card1 TO nothing', 'device:card0 TO nothing'])
    expect(sync('END', 'READ', 'WRITE')).toEqual(['device:card1 BIDIR clean', 'device:card0 BIDIR clean'])
  })
  test('END READ invalidated before 5.19 and cleans since', () => {
    const end = (kernel: string): string[] => {
      const { sync, attach } = machine(kernel, 'E6')
      attach('card0')
      return sync('END', 'READ')
    }
    expect([end('K52'), end('KNOW')]).toEqual([['device:card0 FROM invalidate'], ['device:card0 FROM clean']])
  })
  test('one coherent device and one that is not: only for the other is anything done', () => {
    const { sync, attach } = machine('KNOW', 'E6', { ...base, dtCoherent: { 'kms-shmem': true } })
    attach('card0')
    expect(sync('END', 'WRITE')).toEqual(['device:card0 coherent'])
  })
})

test('udmabuf (E8): no hooks in 5.2; later its own device, the first START maps, and END before it is refused', () => {
  const then = machine('K52', 'E8')
  expect([then.ops.beginCpuAccess, then.ops.endCpuAccess]).toEqual([undefined, undefined])
  const { sync, attach } = machine('KNOW', 'E8')
  attach('card0')
  expect(sync('END', 'WRITE')).toEqual(['EINVAL'])
  expect(sync('START', 'READ'), 'the first START maps its list, which cleans').toEqual(['udmabuf FROM clean'])
  expect(sync('START', 'READ')).toEqual(['udmabuf FROM invalidate'])
  expect(sync('END', 'WRITE')).toEqual(['udmabuf TO clean'])
})

test('video queue, contiguous (E9): the hooks are there and empty, and no mapping touches a cache; in 5.2 there are none', () => {
  const then = machine('K52', 'E9')
  expect([then.ops.beginCpuAccess, then.ops.endCpuAccess]).toEqual([undefined, undefined])
  const { sync, attach, after, ops } = machine('KNOW', 'E9')
  expect([typeof ops.beginCpuAccess, typeof ops.endCpuAccess]).toEqual(['function', 'function'])
  expect([after(() => attach('card0')), sync('START', 'READ', 'WRITE'), sync('END', 'READ', 'WRITE')]).toEqual([[], [], []])
})

test('video queue, scattered (E10): its own device in the direction of the queue, whatever is asked for; in 5.2 nothing', () => {
  const then = machine('K52', 'E10')
  then.attach('card0')
  expect([then.sync('START', 'READ'), then.sync('END', 'WRITE')]).toEqual([[], []])
  const { sync, attach, after } = machine('KNOW', 'E10')
  expect(after(() => attach('card0'))).toEqual(['device:card0 BIDIR clean'])
  for (const asked of [['READ'], ['WRITE'], ['READ', 'WRITE']]) {
    expect(sync('START', ...asked), asked.join()).toEqual(['rockchip-rga FROM invalidate'])
    expect(sync('END', ...asked), asked.join()).toEqual(['rockchip-rga FROM clean'])
  }
})

describe('how an area of the dma-buf is filled', () => {
  const area = (kernel: string, id: string): string => {
    const { call, world, fd } = machine(kernel, id)
    const from = world.steps.length
    call('mmap', { addr: null, length: 4096, prot: ['PROT_READ', 'PROT_WRITE'], flags: ['MAP_SHARED'], fd, offset: 0 })
    const vma = world.get(world.ids('vma').at(-1)!)
    const marks = ['pf', 'io', 'mm', 'de', 'dd'].filter(flag => vma.flags.includes(flag)).join(' ')
    return `${world.steps.slice(from).some(({ event }) => event === 'pte.set') ? 'at once' : 'by faults'}, ${vma.attr}, ${vma.ops ?? 'no vm_ops'}${marks && `, ${marks}`}`
  }
  test.each([
    ['E6', 'at once, wb, no vm_ops, pf io de dd', 'at once, wb, no vm_ops, pf io de dd'],
    ['E7', 'by faults, wb, dma_heap_vm_ops', 'by faults, wb, dma_heap_vm_ops, pf io de dd'],
    ['E8', 'by faults, wb, udmabuf_vm_ops', 'by faults, wb, udmabuf_vm_ops, pf de dd'],
    ['E9', 'at once, wc, vb2_common_vm_ops:dc, pf io de dd', 'at once, wc, vb2_common_vm_ops:dc, pf io de dd'],
    ['E10', 'at once, wb, vb2_common_vm_ops:sg, mm de dd', 'at once, wb, vb2_common_vm_ops:sg, mm de dd'],
  ])('%s in 6.1 and today', (id, older, today) => expect([area('K61', id), area('KNOW', id)]).toEqual([older, today]))

  test.each([['E6', 8192], ['E7', 4096], ['E8', 4096]] as const)('%s maps nothing privately', (id, length) => {
    const { call, fd } = machine('KNOW', id)
    expect(call('mmap', { addr: null, length, prot: ['PROT_READ', 'PROT_WRITE'], flags: ['MAP_PRIVATE'], fd, offset: 0 })).toBe('EINVAL')
  })
})

test('a heap has been there since 5.6, its contiguous brother under one fixed name since 6.17', () => {
  const has = (kernel: string): string[] => Object.keys(flavours[kernel]!.plainNodes).filter(node => node.startsWith('/dev/dma_heap/')).sort()
  expect([has('K52'), has('K61'), has('KNOW')]).toEqual([[], ['/dev/dma_heap/reserved', '/dev/dma_heap/system'], ['/dev/dma_heap/default_cma_region', '/dev/dma_heap/reserved', '/dev/dma_heap/system']])
})

test('each says in one line what it does on mmap and on SYNC', () => {
  for (const { inShort, offer } of exporters) {
    expect(inShort, offer.id).toMatch(/maps/)
    expect(inShort, offer.id).toMatch(/SYNC/)
    expect(inShort.length, offer.id).toBeLessThan(170)
  }
})
