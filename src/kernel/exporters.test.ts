/** What a display of each exporter kind does with its own buffers and for those who attach to them, in every kernel. */
import { expect, test } from 'vitest'
import type { Id } from '../journal/vocabulary.ts'
import { Memory } from '../hardware/memory.ts'
import type { Platform } from '../hardware/hardware.ts'
import { World } from '../world/world.ts'
import { bootKernel } from './boot.ts'
import { opsOf } from './dma-buf.ts'
import { flavours } from './flavours.ts'
import { trap, valueOf } from './trap.ts'

const platform: Platform = {
  id: 'test', title: '', cls: 'NC', devCls: {}, dtCoherent: {}, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: true, walkCoherent: false, cores: 1, dramBase: 0, leavesOut: '',
}

function facts(kernel: string, driver: string, through: 'node' | 'dma-buf') {
  const world = new World()
  const booted = bootKernel(world, new Memory(world, platform), flavours[kernel]!, [{ driver, card: 'card0', render: null }, { driver: 'kms-shmem#2', card: 'card1', render: null }])
  booted.start('A')
  const k = booted.context('task:A')
  let n = 0
  const call = (name: string, args: Record<string, unknown>): unknown => {
    world.call = `A.${++n}`
    return valueOf(trap(k, name, args))
  }
  const ioctl = (fd: number, request: string, arg: Record<string, unknown>) => call('ioctl', { fd, request, arg }) as Record<string, number>
  const card = call('open', { path: '/dev/dri/card0', flags: ['O_RDWR'] }) as number
  const other = call('open', { path: '/dev/dri/card1', flags: ['O_RDWR'] }) as number
  const handle = ioctl(card, 'DRM_IOCTL_MODE_CREATE_DUMB', { width: 1024, height: 2, bpp: 32 }).handle!
  const gem = world.ids('gem')[0]!
  const pagesAtFirst = world.get(gem).dmaAddr !== null || world.get(gem).pages !== null
  const fd = ioctl(card, 'DRM_IOCTL_PRIME_HANDLE_TO_FD', { handle, flags: ['DRM_RDWR'] }).fd!
  const dmaBuf = world.ids('dma_buf')[0]!
  ioctl(other, 'DRM_IOCTL_PRIME_FD_TO_HANDLE', { fd })
  const { pagesUse, pagesPin } = world.get(gem)
  const mapped = through === 'node' ? { fd: card, offset: world.get(gem).offset! * 4096 } : { fd, offset: 0 }
  const mark = world.steps.length
  const addr = call('mmap', { addr: null, length: 8192, prot: ['PROT_READ', 'PROT_WRITE'], flags: ['MAP_SHARED'], ...mapped })
  expect(addr).toBeTypeOf('number')
  const vma = world.get(world.ids('vma')[0]!)
  const { beginCpuAccess, endCpuAccess } = opsOf(k, dmaBuf)
  return {
    pagesAtFirst, attached: `${pagesUse}/${pagesPin}`, attr: vma.attr, marks: ['io', 'pf', 'mm', 'de', 'dd'].filter(flag => vma.flags.includes(flag)).join(' '),
    eager: world.steps.slice(mark).some(step => step.event === 'pte.set'), hooks: beginCpuAccess !== undefined || endCpuAccess !== undefined, file: world.get(vma.file as Id<'file'>).kind,
  }
}

const SHMEM_52 = { pagesAtFirst: false, attached: '1/0', marks: 'io mm de dd', eager: false, hooks: false }
const SHMEM_NOW = { pagesAtFirst: false, attached: '1/1', marks: 'pf de dd', eager: false, hooks: false }
const DMA = { pagesAtFirst: true, attached: '0/0', attr: 'wc', marks: 'io pf de dd', eager: true, hooks: false }

for (const [through, file] of [['node', 'drm'], ['dma-buf', 'dmabuf']] as const) {
  for (const kernel of ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW']) {
    const shmem = kernel === 'K61' || kernel === 'KNOW' ? SHMEM_NOW : SHMEM_52
    test(`${kernel}, through the ${through}: shared memory, write-combined (E1)`, () => expect(facts(kernel, 'kms-shmem', through)).toEqual({ ...shmem, attr: 'wc', file }))
    test(`${kernel}, through the ${through}: shared memory, cached (E2)`, () => expect(facts(kernel, 'kms-shmem-cached', through)).toEqual({ ...shmem, attr: 'wb', file }))
    test(`${kernel}, through the ${through}: contiguous memory (E3)`, () => expect(facts(kernel, 'rockchip', through)).toEqual({ ...DMA, file }))
  }
}
