/** The DMA helper: contiguous memory, mapped whole, and imports in one piece only. Litmus T20 is among these tests, by hand. */
import { describe, expect, test } from 'vitest'
import { kindOf, type Id } from '../journal/vocabulary.ts'
import type { Platform } from '../hardware/hardware.ts'
import { Memory } from '../hardware/memory.ts'
import { World } from '../world/world.ts'
import { bootKernel } from './boot.ts'
import { hooksFor } from './driver.ts'
import rockchip from './drivers/rockchip.ts'
import { isFail } from './fail.ts'
import { flavours } from './flavours.ts'
import { contiguousSize } from './gem-dma.ts'
import type { SgEntry } from './objects.ts'
import { getPte } from './pgtable.ts'
import { dmaMapSgtable } from './dma-map.ts'
import { trap, valueOf } from './trap.ts'

const NC: Platform = {
  id: 'test', title: '', cls: 'NC', devCls: {}, dtCoherent: {}, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: true, walkCoherent: true, cores: 1, dramBase: 0, leavesOut: '',
}
const FC: Platform = { ...NC, cls: 'FC' }

/** A display with contiguous memory, one without, and one process. */
function machine(kernel: string, platform = NC) {
  const world = new World()
  const booted = bootKernel(world, new Memory(world, platform), flavours[kernel]!, [{ driver: 'rockchip', card: 'card0', render: null }, { driver: 'kms-shmem', card: 'card1', render: null }, { driver: 'rockchip#2', card: 'card2', render: null }])
  booted.start('A')
  const k = booted.context('task:A')
  let n = 0
  const run = (name: string, args: Record<string, unknown>): unknown => {
    world.call = `A.${++n}`
    const outcome = trap(k, name, args)
    expect(world.untold).toBe(false)
    return valueOf(outcome) ?? (isFail(outcome) ? outcome.errno : 'killed')
  }
  const ioctl = (fd: number, request: string, arg: Record<string, unknown>) => run('ioctl', { fd, request, arg }) as Record<string, number> & string
  const open = (path: string) => run('open', { path, flags: ['O_RDWR'] }) as number
  const mmap = (fd: number, length: number, offset: number) => run('mmap', { addr: null, length, prot: ['PROT_READ', 'PROT_WRITE'], flags: ['MAP_SHARED'], fd, offset }) as number
  /** A dumb buffer of whole pages; `share` exports it for reading and writing. */
  const dumb = (fd: number, pages: number) => {
    const { handle } = ioctl(fd, 'DRM_IOCTL_MODE_CREATE_DUMB', { width: 1024, height: pages, bpp: 32 })
    return { handle: handle!, gem: world.ids('gem').at(-1)! }
  }
  const share = (fd: number, handle: number) => ioctl(fd, 'DRM_IOCTL_PRIME_HANDLE_TO_FD', { handle, flags: ['DRM_RDWR'] }).fd!
  return { world, k, run, ioctl, open, mmap, dumb, share }
}
const offsetOf = (world: World, gem: Id<'gem'>): number => world.get(gem).offset! * 4096

describe.each(['K52', 'KRFC', 'K61', 'KNOW'])('%s', kernel => {
  test('memory in one piece, in no page array, counted by nobody', () => {
    const { world, open, dumb, share, ioctl } = machine(kernel)
    const a = open('/dev/dri/card0')
    const { gem, handle } = dumb(a, 3)
    expect(world.get(gem)).toMatchObject({ memory: 'dma', pages: null, filp: null, pagesUse: 0, pagesPin: 0, sizeBytes: 3 * 4096 })
    ioctl(open('/dev/dri/card2'), 'DRM_IOCTL_PRIME_FD_TO_HANDLE', { fd: share(a, handle) })
    const { sgt } = world.get(world.ids('attachment')[0]!)
    expect(sgt).toEqual([{ page: world.get(gem).dmaAddr! / 4096, len: 3 * 4096, dma: world.get(gem).dmaAddr }])
    expect(world.get(gem)).toMatchObject({ pagesUse: 0, pagesPin: 0 })
  })

  test.each(['its node', 'its dma-buf'])('a mapping through %s is whole when mmap returns, and never faults', by => {
    const { world, k, open, dumb, share, mmap, run } = machine(kernel)
    const a = open('/dev/dri/card0')
    const { gem, handle } = dumb(a, 3)
    const addr = by === 'its node' ? mmap(a, 3 * 4096, offsetOf(world, gem)) : mmap(share(a, handle), 3 * 4096, 0)
    const first = world.get(gem).dmaAddr! / 4096
    expect([0, 1, 2].map(i => getPte(k, addr + i * 4096))).toEqual([0, 1, 2].map(i => expect.objectContaining({ frame: first + i, prot: 'rw', attr: 'wc' })))
    const vma = world.get(world.ids('vma')[0]!)
    expect(vma).toMatchObject({ pgoff: 0, attr: 'wc', priv: gem })
    expect(vma.flags).toEqual(expect.arrayContaining(['pf', 'io', 'de', 'dd']))
    expect(vma.flags).not.toContain('mm')
    expect(k.parts.vmOps[vma.ops!]!.fault).toBeUndefined()
    expect(world.get(gem).refcount).toBe(by === 'its node' ? 2 : 3)
    run('munmap', { addr, length: 3 * 4096 })
    expect(world.get(gem).refcount).toBe(by === 'its node' ? 1 : 2)
    expect(world.steps.filter(step => step.event === 'fault.enter')).toEqual([])
  })

  test('the dumb offset of an import is not told', () => {
    const { world, open, dumb, share, ioctl } = machine(kernel)
    const a = open('/dev/dri/card0')
    const c = open('/dev/dri/card2')
    const { handle } = ioctl(c, 'DRM_IOCTL_PRIME_FD_TO_HANDLE', { fd: share(a, dumb(a, 1).handle) })
    expect(world.get(world.ids('gem').at(-1)!).importAttach).not.toBeNull()
    expect(ioctl(c, 'DRM_IOCTL_MODE_MAP_DUMB', { handle })).toBe('EINVAL')
  })

  test('when all is closed the memory is free again', () => {
    const { world, open, dumb, run } = machine(kernel)
    const a = open('/dev/dri/card0')
    dumb(a, 2)
    run('close', { fd: a })
    expect(world.ids('gem')).toEqual([])
    const { next, free } = world.get('frames:0')
    expect([...free].sort((x, y) => x - y)).toEqual(Array.from({ length: next }, (_, i) => i))
  })
})

test.each([['K52', 'drm_gem_cma_'], ['KRFC', 'drm_gem_cma_'], ['K61', 'drm_gem_dma_'], ['KNOW', 'drm_gem_dma_']])('%s calls its functions %s…', (kernel, prefix) => {
  const { world, open, dumb, share, mmap } = machine(kernel)
  const a = open('/dev/dri/card0')
  mmap(share(a, dumb(a, 1).handle), 4096, 0)
  const ran = new Set(world.steps.flatMap(step => step.stack).filter(fn => /^drm_gem_(cma|dma)_/.test(fn)))
  expect([...ran].every(fn => fn.startsWith(prefix))).toBe(true)
  expect([...ran]).toContain(kernel === 'K52' || kernel === 'KRFC' ? 'drm_gem_cma_prime_mmap' : 'drm_gem_dma_mmap')
})

test.each([['K52', 'wc'], ['KRFC', 'wc'], ['K61', 'wb'], ['KNOW', 'wb']])('%s on a coherent machine maps it %s', (kernel, attr) => {
  const { world, open, dumb, mmap } = machine(kernel, FC)
  const a = open('/dev/dri/card0')
  mmap(a, 4096, offsetOf(world, dumb(a, 1).gem))
  expect(world.get(world.ids('vma')[0]!).attr).toBe(attr)
})

test('at an offset: in 5.2 the area shows the buffer from its beginning, today it is refused', () => {
  for (const [kernel, shown] of [['K52', 0], ['KNOW', 'ENXIO']] as const) {
    const { world, k, open, dumb, share, mmap } = machine(kernel)
    const a = open('/dev/dri/card0')
    const { gem, handle } = dumb(a, 2)
    const addr = mmap(share(a, handle), 4096, 4096)
    if (typeof addr === 'number') expect(getPte(k, addr)!.frame - world.get(gem).dmaAddr! / 4096).toBe(shown)
    else expect(addr).toBe(shown)
  }
})

test('the patch of July 2019: the handler goes on with an area that is the exporter\'s, and the kernel stops', () => {
  for (const [kernel, end] of [['K52', expect.any(Number)], ['KRFC', 'killed']] as const) {
    const { world, open, dumb, share, ioctl, mmap } = machine(kernel)
    const b = open('/dev/dri/card1')
    const c = open('/dev/dri/card2')
    ioctl(c, 'DRM_IOCTL_PRIME_FD_TO_HANDLE', { fd: share(b, dumb(b, 1).handle) })
    const imported = world.ids('gem').find(id => world.get(id).importAttach)!
    expect(mmap(c, 4096, offsetOf(world, imported)), kernel).toEqual(end)
    if (kernel === 'KRFC') expect(world.steps.some(step => step.event === 'mmap.wrongtype')).toBe(true)
  }
})

describe('T20: a display without an IOMMU takes one address', () => {
  const entries = (...starts: number[]): SgEntry[] => starts.map(start => ({ page: start / 4096, len: 0x10000, dma: null }))
  const imported = (sgt: readonly SgEntry[]) => {
    const { world, k } = machine('K52')
    const resv = world.create('resv:x', { fences: [] })
    const dmaBuf = world.create('dma_buf:x', { file: 'file:x', sizeBytes: 0x20000, expName: 'x', name: '', named: false, priv: 'memfd:x', attachments: [], resv, ino: 0, poll: { in: null, out: null } })
    const attachment = world.create('attachment:x', { dmaBuf, device: 'device:card0', sgt, dir: null })
    return hooksFor(rockchip, '5.2').importSgTable!(k, attachment, sgt)
  }
  test('neighbouring entries are one piece', () => {
    const { k } = machine('K52')
    const sgt = dmaMapSgtable(k, entries(0x10000000, 0x10010000))
    expect(contiguousSize(sgt)).toBe(0x20000)
    expect(kindOf(imported(sgt) as Id)).toBe('gem')
  })
  test('a gap is EINVAL', () => {
    const { k } = machine('K52')
    const sgt = dmaMapSgtable(k, entries(0x10000000, 0x10020000))
    expect(contiguousSize(sgt)).toBe(0x10000)
    expect(imported(sgt)).toMatchObject({ errno: 'EINVAL' })
  })
  test('behind an IOMMU the same pages are one range of addresses', () => {
    const sgt = entries(0x10000000, 0x10020000).map((entry, i) => ({ ...entry, dma: 0x400000 + i * 0x10000 }))
    expect(contiguousSize(sgt)).toBe(0x20000)
    expect(kindOf(imported(sgt) as Id)).toBe('gem')
  })
})
