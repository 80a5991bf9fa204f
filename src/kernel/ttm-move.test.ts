/** Buffers of graphics cards: where they lie, what makes them move, and that no byte and no mapping is lost on the way. */
import { describe, expect, test } from 'vitest'
import type { Id } from '../journal/vocabulary.ts'
import type { Platform } from '../hardware/hardware.ts'
import { Memory } from '../hardware/memory.ts'
import { World } from '../world/world.ts'
import { bootKernel } from './boot.ts'
import { isFail } from './fail.ts'
import { load, store } from './fault.ts'
import { flavours } from './flavours.ts'
import { trap, valueOf } from './trap.ts'

const NC: Platform = {
  id: 'test', title: '', cls: 'NC', devCls: {}, dtCoherent: {}, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: true, walkCoherent: false, cores: 1, dramBase: 0, leavesOut: '',
}

/** A graphics card and another device, one process, and a buffer of three pages on the card, exported for writing. */
function machine(kernel: string, driver = 'amdgpu') {
  const world = new World()
  const booted = bootKernel(world, new Memory(world, NC), flavours[kernel]!, [{ driver, card: 'card0', render: null }, { driver: 'kms-shmem', card: 'card1', render: null }])
  booted.start('A')
  const k = booted.context('task:A')
  let n = 0
  const run = (name: string, args: Record<string, unknown>): unknown => {
    world.call = `A.${++n}`
    let outcome = trap(k, name, args)
    while ('then' in outcome) outcome = trap(k, name, args, outcome.then, outcome.locals)
    expect(world.untold).toBe(false)
    return valueOf(outcome) ?? (isFail(outcome) ? outcome.errno : 'killed')
  }
  const ioctl = (fd: number, request: string, arg: Record<string, unknown>) => run('ioctl', { fd, request, arg }) as Record<string, number> & string
  const card = run('open', { path: '/dev/dri/card0', flags: ['O_RDWR'] }) as number
  const other = run('open', { path: '/dev/dri/card1', flags: ['O_RDWR'] }) as number
  const { handle } = ioctl(card, 'DRM_IOCTL_MODE_CREATE_DUMB', { width: 1024, height: 3, bpp: 32 })
  const gem = world.ids('gem')[0]!
  const { fd } = ioctl(card, 'DRM_IOCTL_PRIME_HANDLE_TO_FD', { handle, flags: ['DRM_RDWR'] })
  const mmap = (of: number, offset: number): number => run('mmap', { addr: null, length: 3 * 4096, prot: ['PROT_READ', 'PROT_WRITE'], flags: ['MAP_SHARED'], fd: of, offset }) as number
  const { offset } = ioctl(card, 'DRM_IOCTL_MODE_MAP_DUMB', { handle })
  const start = (...what: string[]): unknown => ioctl(fd!, 'DMA_BUF_IOCTL_SYNC', { flags: ['DMA_BUF_SYNC_START', ...what.map(each => `DMA_BUF_SYNC_${each}`)] })
  const events = (name: string): number => world.steps.filter(step => step.event === name).length
  return { world, k, run, ioctl, mmap, start, events, card, other, gem, fd: fd!, offset: offset!, map: () => mmap(card, offset!), place: () => world.get(gem).memory }
}
const bytes = (value: number): Uint8Array => new Uint8Array(3 * 4096).fill(value)

describe.each(['K52', 'K61', 'KNOW'])('%s', kernel => {
  test('a new buffer lies in the card\'s memory, in one piece; each page of a mapping faults, write-combined', () => {
    const { world, k, gem, map, place, events } = machine(kernel)
    expect(place()).toBe('vram')
    const [first, ...rest] = world.get(gem).filp!
    expect(rest).toEqual([first! + 1, first! + 2])
    const addr = map()
    expect(world.get(world.ids('vma')[0]!)).toMatchObject({ attr: 'wc', ops: kernel === 'K52' ? 'ttm_bo_vm_ops' : 'amdgpu_gem_vm_ops' })
    expect(events('pte.set')).toBe(0)
    store(k, addr, bytes(7))
    expect([events('fault.insert'), events('ttm.fault.vram')]).toEqual([3, 3])
  })

  test('START for reading moves it to system memory; the mapping stays, faults again, and shows the same bytes from there', () => {
    const { k, gem, world, map, start, place, events } = machine(kernel)
    const addr = map()
    store(k, addr, bytes(7))
    const vram = world.get(gem).filp!
    expect(start('READ')).toEqual(0)
    expect(place()).toBe('system')
    expect(world.get(gem).filp!.some(frame => vram.includes(frame))).toBe(false)
    expect(world.get('frames:0').free).toEqual(expect.arrayContaining([...vram]))
    expect(load(k, addr, 3 * 4096).bytes).toEqual(bytes(7))
    expect(events('fault.insert')).toBe(6)
    start('READ')
    expect(events('ttm.move')).toBe(1)
  })

  test('START for writing alone moves nothing', () => {
    const { start, place, events } = machine(kernel)
    start('WRITE')
    expect([place(), events('ttm.move'), events('ttm.begin')]).toEqual(['vram', 0, 1])
    start('READ', 'WRITE')
    expect(place()).toBe('system')
  })

  test('an importer gets pages of system memory, and pins them until it goes', () => {
    const { world, run, ioctl, gem, place, other, fd, start, events } = machine(kernel)
    const { handle } = ioctl(other, 'DRM_IOCTL_PRIME_FD_TO_HANDLE', { fd })
    expect([place(), world.get(gem).pagesPin]).toEqual(['system', 1])
    const frames = world.get(world.ids('attachment')[0]!).sgt!.flatMap(({ page, len }) => Array.from({ length: len / 4096 }, (_, i) => page! + i))
    expect(frames).toEqual(world.get(gem).filp)
    start('READ')
    expect(events('ttm.move')).toBe(1)
    ioctl(other, 'DRM_IOCTL_GEM_CLOSE', { handle })
    expect(world.get(gem).pagesPin).toBe(0)
    expect(place()).toBe('system')
    run('close', { fd })
  })

  test('by the dma-buf too, at the offset that was asked for, and all is given back in the end', () => {
    const { world, k, run, card, other, fd, map, mmap } = machine(kernel)
    const own = map()
    const shared = mmap(fd, 0)
    store(k, own, bytes(9))
    k.hw.barrier(0)
    expect(load(k, shared, 3 * 4096).bytes).toEqual(bytes(9))
    for (const addr of [own, shared]) run('munmap', { addr, length: 3 * 4096 })
    for (const each of [fd, card, other]) run('close', { fd: each })
    expect(['gem', 'dma_buf', 'vma', 'file'].flatMap(kind => world.ids(kind as 'gem'))).toEqual([])
  })
})

test('nouveau has no hook around CPU access: START moves nothing', () => {
  const { start, place, events } = machine('KNOW', 'nouveau')
  start('READ', 'WRITE')
  expect([place(), events('ttm.begin')]).toEqual(['vram', 0])
})

test('a card that imports its own buffer gets the object itself, and nothing moves', () => {
  for (const kernel of ['K52', 'KNOW']) {
    const { world, ioctl, run, fd, gem, place } = machine(kernel)
    const again = run('open', { path: '/dev/dri/card0', flags: ['O_RDWR'] }) as number
    const { handle } = ioctl(again, 'DRM_IOCTL_PRIME_FD_TO_HANDLE', { fd })
    const [open] = world.ids('drm_file').filter(id => Object.values(world.get(id).handles).includes(gem) && id !== world.get(world.get('task:A').fds[3]!.file).priv).slice(-1) as Id<'drm_file'>[]
    expect(world.get(open!).handles[handle!]).toBe(gem)
    expect(place()).toBe('vram')
  }
})
