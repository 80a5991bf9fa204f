/** The GPU's page tables in memory: who sees an entry, who still remembers one, and what a fault does. Litmus T10 to T19, by hand. */
import { describe, expect, test } from 'vitest'
import { fromBigInt, hex64, type U64 } from '../base/bits.ts'
import { physAddr } from '../base/brand.ts'
import { gpuTranslate, isGpuFault } from '../hardware/gpu-mmu.ts'
import type { Platform } from '../hardware/hardware.ts'
import { Memory } from '../hardware/memory.ts'
import { TLB_ENTRIES } from '../journal/areas.ts'
import mali from '../journal/page-tables/mali.ts'
import type { EventName, Id } from '../journal/vocabulary.ts'
import { entryIn, leafOf, walk } from '../journal/walk.ts'
import gpu from '../machine/actors/gpu.ts'
import { World } from '../world/world.ts'
import { bootKernel } from './boot.ts'
import { isFail } from './fail.ts'
import { load, store } from './fault.ts'
import { flavours } from './flavours.ts'
import { mapPages, unmapPages } from './io-pgtable.ts'
import { pushJob } from './job.ts'
import { allocPage, allocRun, freePage, physOf, writeBytes } from './page.ts'
import { flushRange, SPACE } from './panfrost-mmu.ts'
import { trap, valueOf } from './trap.ts'

const NC: Platform = {
  id: 'test', title: '', cls: 'NC', devCls: {}, dtCoherent: {}, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: false, walkCoherent: false, cores: 2, dramBase: 0x8000_0000, leavesOut: '',
}
const IOC: Platform = { ...NC, cls: 'IOC', walkCoherent: true }
const FC: Platform = { ...NC, cls: 'FC', walkCoherent: true }
const IOVA = 0x500_0000
const DATA = { attrIndex: 0, shareability: 2, write: true, exec: true }
const PAGE = { sizeBytes: 4096, count: 1 }

function machine(platform = NC, kernel = 'K61') {
  const world = new World()
  const hw = new Memory(world, platform)
  const booted = bootKernel(world, hw, flavours[kernel]!, [{ driver: 'panfrost', card: 'card0', render: 'renderD128' }])
  booted.start('A')
  const k = booted.context('task:A')
  const mmu: Id<'gpu_mmu'> = 'gpu_mmu:card0'
  /** A page that holds a number everywhere that somebody may look. */
  const pageWith = (value: number): number => {
    const frame = allocPage(k)
    writeBytes(k, frame, 0, Uint8Array.of(value))
    hw.clean(physOf(k, frame), 4096)
    return physOf(k, frame)
  }
  /** What the GPU gets at an address: its byte, or that there is none. */
  const load = (gpuVa: number): number | 'fault' => {
    const found = gpuTranslate(world, hw, { space: SPACE, transtab: world.get(mmu).transtab }, gpuVa, 1, 'read')
    return isGpuFault(found) ? 'fault' : hw.gpuLoad(found.phys, 1, found.outer)[0]!
  }
  const entry = (gpuVa: number, seenBy: 'memory' | 'cpu'): U64 | undefined =>
    leafOf(walk(mali, world.get(mmu).pgd, gpuVa, at => entryIn(world, platform.dramBase / 4096, at, seenBy)))?.entry
  let n = 0
  const ioctl = (fd: number, request: string, arg: Record<string, unknown>): Record<string, number> & string => {
    world.call = `A.${++n}`
    const outcome = trap(k, 'ioctl', { fd, request, arg })
    expect(world.untold).toBe(false)
    return (valueOf(outcome) ?? (isFail(outcome) ? outcome.errno : 'killed')) as Record<string, number> & string
  }
  const open = (): number => {
    world.call = `A.${++n}`
    return valueOf(trap(k, 'open', { path: '/dev/dri/renderD128', flags: ['O_RDWR'] })) as number
  }
  const runGpu = (): string[] => {
    const mark = world.steps.length
    while (gpu.ready(world)) gpu.step(booted.context('task:boot'))
    return world.steps.slice(mark).map(step => step.event)
  }
  return { world, hw, k, mmu, pageWith, load, entry, ioctl, open, runGpu }
}
/** The tables for an address are there and visible; its leaf is not written yet. */
function withTables(platform?: Platform, kernel?: string) {
  const m = machine(platform, kernel)
  mapPages(m.k, m.mmu, IOVA + 0x1000, m.pageWith(9), PAGE, DATA)
  return m
}

describe('a translation is remembered', () => {
  const story = (flush: boolean, between: (load: (gpuVa: number) => unknown) => void = () => undefined) => {
    const { k, mmu, pageWith, load } = machine()
    const [p0, p1] = [pageWith(1), pageWith(2)]
    // Neighbours, so that other addresses can be looked at in between.
    for (let i = 1; i <= 2 * TLB_ENTRIES; i++) mapPages(k, mmu, IOVA + i * 4096, p0, PAGE, DATA)
    mapPages(k, mmu, IOVA, p0, PAGE, DATA)
    if (flush) flushRange(k, mmu, IOVA, 4096)
    const r0 = load(IOVA)
    unmapPages(k, mmu, IOVA, 4096)
    if (flush) flushRange(k, mmu, IOVA, 4096)
    mapPages(k, mmu, IOVA, p1, PAGE, DATA)
    if (flush) flushRange(k, mmu, IOVA, 4096)
    between(load)
    return [r0, load(IOVA)]
  }
  test('T10: without FLUSH_PT the GPU may go on with the old page', () => expect(story(false)).toEqual([1, 1]))
  test('T10: or with the new one, when its place was needed for others', () => {
    expect(story(false, load => { for (let i = 1; i <= 2 * TLB_ENTRIES; i++) load(IOVA + i * 4096) })).toEqual([1, 2])
  })
  test('T11: with LOCK and FLUSH_PT after each change it sees the new page', () => expect(story(true)).toEqual([1, 2]))
})

describe('an entry is seen by a walker', () => {
  /** A leaf as the kernel stores it, cleaned or not. */
  const story = (platform: Platform, after: (m: ReturnType<typeof machine>, at: number) => void) => {
    const m = withTables(platform)
    const { world, hw, k, mmu, pageWith } = m
    const page = pageWith(7)
    // The clean that belongs to the store is kept from happening.
    const clean = hw.clean.bind(hw)
    hw.clean = () => undefined
    mapPages(k, mmu, IOVA, page, PAGE, DATA)
    hw.clean = clean
    const { at } = walk(mali, world.get(mmu).pgd, IOVA, where => entryIn(world, platform.dramBase / 4096, where, 'cpu')).steps.at(-1)!
    after(m, at)
    return { got: m.load(IOVA), memory: m.entry(IOVA, 'memory') !== undefined, cpu: m.entry(IOVA, 'cpu') !== undefined }
  }
  test('T12: not while its line is dirty in the CPU and the walker does not look there', () => {
    expect(story(NC, () => undefined)).toEqual({ got: 'fault', memory: false, cpu: true })
  })
  test('T12: or when the line left the cache by chance', () => {
    expect(story(NC, ({ hw }, at) => hw.evict(physAddr(at), 8))).toMatchObject({ got: 7, memory: true })
  })
  test('T13: once it is cleaned', () => expect(story(NC, ({ hw }, at) => hw.clean(physAddr(at), 8))).toMatchObject({ got: 7, memory: true }))
  test.each([['IOC', IOC], ['FC', FC]])('T14: %s, where TRANSTAB asks for it, at once', (_, platform) => expect(story(platform, () => undefined)).toEqual({ got: 7, memory: false, cpu: true }))
  test('where the wiring would allow it and TRANSTAB does not ask, not', () => {
    const { world, mmu } = machine(IOC, 'K52')
    expect(world.get(mmu).transtab % 0x1000).toBe(0x007)
    expect(machine(IOC, 'K61').world.get(mmu).transtab % 0x1000).toBe(0x017)
  })
})

describe('T17: an address with tables and no entry', () => {
  test('ends the job, switches the address space off, and the next job switches it on again', () => {
    const { world, k, mmu, runGpu } = machine()
    const pages = 256
    const first = allocRun(k, pages)
    mapPages(k, mmu, IOVA, physOf(k, first), { sizeBytes: 4096, count: pages }, DATA)
    const { transtab } = world.get(mmu)
    const job = (gpuVa: number): string[] => {
      world.call = `job ${gpuVa}`
      pushJob(k, 'device:card0', [{ op: 'read', gpuVa, sizeBytes: 4, pattern: null }], [])
      return runGpu()
    }
    const events = job(IOVA + 2 ** 20)
    const fault = world.steps.findLast(s => s.event === 'mmu.fault')!.fields as { status: number; gpuVa: number }
    expect(fault.gpuVa).toBe(0x510_0000)
    expect(fault.status & 0xff).toBe(0xc4)
    expect((fault.status >>> 8) & 3).toBe(2)
    expect(world.get(mmu)).toMatchObject({ transtab: 0, memattr: 0, faulted: true })
    expect(events).toEqual(expect.arrayContaining(['job.fault', 'as.disable', 'fence.signal', 'job.failed']))
    expect(events).not.toContain('job.done')
    expect(job(IOVA)).toEqual(expect.arrayContaining(['as.enable', 'job.read', 'job.done']))
    expect(world.get(mmu)).toMatchObject({ transtab, memattr: 0x88_8d88, faulted: false })
  })
  test('a write to what may only be read is a permission fault', () => {
    const { world, hw, k, mmu, pageWith } = machine()
    mapPages(k, mmu, IOVA, pageWith(1), PAGE, { ...DATA, write: false })
    const found = gpuTranslate(world, hw, { space: SPACE, transtab: world.get(mmu).transtab }, IOVA, 4, 'write')
    expect(found).toMatchObject({ status: 0x3c8 })
  })
})

describe('a heap', () => {
  const HEAP = ['PANFROST_BO_NOEXEC', 'PANFROST_BO_HEAP']
  const MIB = 2 ** 20
  /** 8 MiB at 0x4000000, behind another heap that fills what lies before. */
  function heapMachine() {
    const m = machine(NC, 'K61')
    const fd = m.open()
    m.ioctl(fd, 'DRM_IOCTL_PANFROST_CREATE_BO', { size: 32 * MIB, flags: HEAP })
    const { handle, offset } = m.ioctl(fd, 'DRM_IOCTL_PANFROST_CREATE_BO', { size: 8 * MIB, flags: HEAP })
    const gem = m.world.ids('gem')[1]!
    const resident = () => m.world.get(gem).filp!.filter(frame => frame >= 0).length * 4096
    let jobs = 0
    const read = (gpuVa: number) => {
      m.world.call = `job ${++jobs}`
      pushJob(m.k, 'device:card0', [{ op: 'read', gpuVa, sizeBytes: 1, pattern: null }], [{ gem, usage: 'write', afterReaders: false }])
      return m.runGpu()
    }
    return { ...m, fd, handle: handle!, offset: offset!, gem, resident, read }
  }
  test('T15: the first touch brings 2 MiB, and the access is tried again', () => {
    const { world, offset, gem, resident, read, entry } = heapMachine()
    expect([offset, resident()]).toEqual([0x400_0000, 0])
    const events = read(0x430_0123)
    expect(events.filter(e => /^(mmu|heap|job\.(read|fault|done|failed))/.test(e))).toEqual(['mmu.fault', 'heap.grow', 'mmu.irq.clear', 'job.read', 'job.done'])
    // A read, and no table of level 1 is there yet; the interrupt of address space 0 was raised, and is cleared again.
    expect(world.get('gpu_mmu:card0')).toMatchObject({ faultStatus: 0x2c1, faultAddress: 0x430_0123, rawstat: 0, faulted: false })
    expect(world.steps.find(s => s.event === 'mmu.fault')!.changes.map(({ field, to }) => [field, to])).toEqual([['rawstat', 1], ['faultStatus', 0x2c1], ['faultAddress', 0x430_0123]])
    expect(world.steps.findLast(s => s.event === 'heap.grow')!.fields).toEqual({ gem, gpuVa: 0x420_0000, residentBytes: 2 * MIB })
    expect([0x41f_f000, 0x420_0000, 0x43f_f000, 0x440_0000].map(at => entry(at, 'memory') !== undefined)).toEqual([false, true, true, false])
    expect(entry(0x420_0000, 'memory')!.hi >>> 16).toBe(0x0060)
    expect(resident()).toBe(2 * MIB)
  })
  test('T16: what is there stays, another 2 MiB comes with its own fault', () => {
    const { resident, read } = heapMachine()
    read(0x430_0123)
    expect(read(0x43f_f000)).not.toContain('mmu.fault')
    expect(read(0x400_0000)).toEqual(expect.arrayContaining(['mmu.fault', 'heap.grow', 'job.done']))
    expect(resident()).toBe(4 * MIB)
  })
  test('behind its end nothing grows', () => {
    const { read } = heapMachine()
    expect(read(0x480_0000)).toEqual(expect.arrayContaining(['mmu.fault', 'as.disable', 'job.failed']))
  })
  test('the CPU may not map it, no other device may have it, and its pages go with it', () => {
    const { world, k, fd, handle, gem, ioctl, read } = heapMachine()
    read(0x400_0000)
    expect(ioctl(fd, 'DRM_IOCTL_PANFROST_MMAP_BO', { handle, flags: [] })).toBe('EINVAL')
    expect(k.drivers['device:card0']!.pin!(k, gem)).toMatchObject({ errno: 'EINVAL' })
    const taken = world.get('frames:0').next - world.get('frames:0').free.length
    ioctl(fd, 'DRM_IOCTL_GEM_CLOSE', { handle })
    expect(world.has(gem)).toBe(false)
    expect(taken - (world.get('frames:0').next - world.get('frames:0').free.length)).toBe(512)
  })
  test.each([['K52', HEAP], ['K61', ['PANFROST_BO_HEAP']]])('%s refuses %s', (kernel, flags) => {
    const { ioctl, open } = machine(NC, kernel)
    expect(ioctl(open(), 'DRM_IOCTL_PANFROST_CREATE_BO', { size: 4096, flags })).toBe('EINVAL')
  })
  test('its size is a whole number of 2 MiB', () => {
    const { world, ioctl, open } = machine(NC, 'K61')
    ioctl(open(), 'DRM_IOCTL_PANFROST_CREATE_BO', { size: 3 * MIB, flags: HEAP })
    expect(world.get(world.ids('gem')[0]!).sizeBytes).toBe(4 * MIB)
  })
})

describe('memory is short', () => {
  /** A buffer that its owner does not need, and what happens to those who look at it after the shrinker came by. */
  function purged(kernel: string, { shared = false, dontneed = true } = {}) {
    const m = machine(NC, kernel)
    const fd = m.open()
    const call = (name: string, args: Record<string, unknown>) => {
      m.world.call = `${name} ${m.world.steps.length}`
      return valueOf(trap(m.k, name, args))
    }
    const { handle, offset } = m.ioctl(fd, 'DRM_IOCTL_PANFROST_CREATE_BO', { size: 8192, flags: [] })
    const gem = m.world.ids('gem')[0]!
    const fake = m.ioctl(fd, 'DRM_IOCTL_PANFROST_MMAP_BO', { handle, flags: [] }).offset
    const addr = call('mmap', { addr: null, length: 8192, prot: ['PROT_READ', 'PROT_WRITE'], flags: ['MAP_SHARED'], fd, offset: fake }) as number
    store(m.k, addr, Uint8Array.of(5))
    m.hw.barrier(0)
    m.hw.barrier(1)
    if (shared) m.ioctl(fd, 'DRM_IOCTL_PRIME_HANDLE_TO_FD', { handle, flags: [] })
    if (dontneed) expect(m.ioctl(fd, 'DRM_IOCTL_PANFROST_MADVISE', { handle, madv: 1 })).toEqual({ retained: 1 })
    const mark = m.world.steps.length
    call('drop_caches', {})
    const events = m.world.steps.slice(mark).map(s => s.event)
    const cpu = load(m.k, addr, 1)
    const read = m.load(offset!)
    const again = () => m.ioctl(fd, 'DRM_IOCTL_PANFROST_MADVISE', { handle, madv: 0 })
    return { ...m, fd, handle, gem, addr, call, events, cpu: cpu.fault === null ? cpu.bytes[0] : cpu.fault, gpu: read, again }
  }
  test.each(['K61', 'KNOW'])('%s, T18: DONTNEED, and the pages are gone: SIGBUS, a translation fault, not retained', kernel => {
    const { world, events, cpu, gpu: seen, again, call, addr, gem, ioctl, fd, handle } = purged(kernel)
    expect(cpu).toEqual({ signal: 'SIGBUS', code: 'ADRERR' })
    expect(seen).toBe('fault')
    expect(again()).toEqual({ retained: 0 })
    // The GPU's entries and what is remembered of them go first, then what the CPU shows, then the pages are the CPU's again.
    const order = ['iopt.unmap', 'tlb.flush', 'shmem.purge', 'pte.clear', 'offset.remove', 'dma.sync'].map(event => events.indexOf(event as EventName))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order[0]).toBeGreaterThanOrEqual(0)
    const used = () => world.get('frames:0').next - world.get('frames:0').free.length
    const before = used()
    call('munmap', { addr, length: 8192 })
    expect(before - used()).toBe(2)
    ioctl(fd, 'DRM_IOCTL_GEM_CLOSE', { handle })
    expect([world.has(gem), before - used()]).toEqual([false, 2])
  })
  test('T19: what was exported stays, for whoever has it', () => {
    const { events, cpu, gpu: seen, again } = purged('K61', { shared: true })
    expect(events).not.toContain('shmem.purge')
    expect([cpu, seen, again()]).toEqual([5, 5, { retained: 1 }])
  })
  test('what is needed stays, and so does what a job still uses', () => {
    expect(purged('K61', { dontneed: false })).toMatchObject({ cpu: 5, gpu: 5 })
    const { world, ioctl, open, k, runGpu } = machine(NC, 'K61')
    const fd = open()
    const { handle, offset } = ioctl(fd, 'DRM_IOCTL_PANFROST_CREATE_BO', { size: 4096, flags: [] })
    ioctl(fd, 'DRM_IOCTL_PANFROST_MADVISE', { handle, madv: 1 })
    ioctl(fd, 'DRM_IOCTL_PANFROST_SUBMIT', { handles: [handle], ops: [{ op: 'read', gpuVa: offset, sizeBytes: 4, pattern: null }] })
    trap(k, 'drop_caches', {})
    expect(runGpu()).toContain('job.done')
    trap(k, 'drop_caches', {})
    expect(world.get(world.ids('gem')[0]!).madv).toBe(-1)
  })
})

describe('a buffer', () => {
  test.each([
    ['K52', 0x0000_0000_8000_03c1n], ['K61', 0x0000_0000_8000_02c1n], ['KNOW', 0x0000_0000_8000_02c5n],
  ])('%s: CREATE_BO cleans the pages before it writes the entries, and both before it answers', (kernel, bits) => {
    const { world, ioctl, open, entry, load } = machine(NC, kernel)
    const fd = open()
    const mark = world.steps.length
    const { handle, offset } = ioctl(fd, 'DRM_IOCTL_PANFROST_CREATE_BO', { size: 4096, flags: [] })
    expect(handle).toBe(1)
    expect(offset).toBe(0x200_0000)
    const gem = world.get(world.ids('gem')[0]!)
    const { phys, entry: made } = { phys: gem.sgt![0]!.dma!, entry: entry(offset!, 'memory')! }
    expect(hex64(made)).toBe(hex64(fromBigInt(bits + BigInt(phys - 0x8000_0000))))
    const events = world.steps.slice(mark).map(s => s.event)
    expect(events.indexOf('dma.sync')).toBeGreaterThan(0)
    expect(events.indexOf('dma.sync')).toBeLessThan(events.indexOf('iopt.map'))
    expect(events.lastIndexOf('as.command')).toBeGreaterThan(events.indexOf('iopt.map'))
    expect(load(offset!)).toBe(0)
    expect(gem).toMatchObject({ pagesUse: 1, gpuVa: 0x200_0000 })
  })
  test.each([['K52', NC, 'wc'], ['K52', FC, 'wc'], ['K61', NC, 'wc'], ['K61', FC, 'wb']] as const)('%s maps its own buffers for the CPU as the device needs it', (kernel, platform, attr) => {
    const { world, ioctl, open } = machine(platform, kernel)
    ioctl(open(), 'DRM_IOCTL_PANFROST_CREATE_BO', { size: 4096, flags: [] })
    expect(world.get(world.ids('gem')[0]!).attr).toBe(attr)
  })
  test('data that is not for execution says so, where the release knows the flag', () => {
    const { ioctl, open, entry } = machine(NC, 'KNOW')
    const { offset } = ioctl(open(), 'DRM_IOCTL_PANFROST_CREATE_BO', { size: 4096, flags: ['PANFROST_BO_NOEXEC'] })
    expect(entry(offset!, 'memory')!.hi >>> 16).toBe(0x0060)
    const old = machine(NC, 'K52')
    expect(old.ioctl(old.open(), 'DRM_IOCTL_PANFROST_CREATE_BO', { size: 4096, flags: ['PANFROST_BO_NOEXEC'] })).toBe('EINVAL')
  })
  test.each(['K52', 'K61'])('%s: what the GPU remembers of it goes before its pages do', kernel => {
    const { world, ioctl, open, entry, load } = machine(NC, kernel)
    const fd = open()
    const { handle, offset } = ioctl(fd, 'DRM_IOCTL_PANFROST_CREATE_BO', { size: 8192, flags: [] })
    expect(load(offset!)).toBe(0)
    const mark = world.steps.length
    ioctl(fd, 'DRM_IOCTL_GEM_CLOSE', { handle })
    const events = world.steps.slice(mark).map(s => s.event)
    const order = ['iopt.unmap', 'as.command', 'tlb.flush', 'page.free'].map(event => events.indexOf(event as EventName))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order[0]).toBeGreaterThanOrEqual(0)
    expect(entry(offset!, 'memory')).toBeUndefined()
    expect(load(offset!)).toBe('fault')
    expect(world.ids('gem')).toEqual([])
  })
  test.each(['K52', 'KRFC', 'KNOW'])('%s: an import is found where the exporter\'s pages lie, scattered as they are, and nothing is cleaned for it', kernel => {
    const world = new World()
    const hw = new Memory(world, NC)
    const booted = bootKernel(world, hw, flavours[kernel]!, [{ driver: 'panfrost', card: 'card0', render: 'renderD128' }, { driver: 'kms-shmem', card: 'card1', render: null }])
    booted.start('A')
    const k = booted.context('task:A')
    // Frames are handed out from both ends of what was free, so that the pages of the buffer are no neighbours.
    const spare = Array.from({ length: 5 }, () => allocPage(k))
    for (const n of [0, 4, 1, 3]) freePage(k, spare[n]!)
    let n = 0
    const call = (name: string, args: Record<string, unknown>) => {
      world.call = `A.${++n}`
      return valueOf(trap(k, name, args)) as Record<string, number> & number
    }
    const ioctl = (fd: number, request: string, arg: Record<string, unknown>) => call('ioctl', { fd, request, arg })
    const open = (name: string): number => call('open', { path: `/dev/dri/${name}`, flags: ['O_RDWR'] })
    const display = open('card1')
    const gpuFd = open('renderD128')
    const { handle } = ioctl(display, 'DRM_IOCTL_MODE_CREATE_DUMB', { width: 1024, height: 4, bpp: 32 })
    const { fd } = ioctl(display, 'DRM_IOCTL_PRIME_HANDLE_TO_FD', { handle, flags: ['DRM_RDWR'] })
    const mark = world.steps.length
    const imported = ioctl(gpuFd, 'DRM_IOCTL_PRIME_FD_TO_HANDLE', { fd })
    expect(world.steps.slice(mark).filter(s => s.event === 'dma.sync')).toEqual([])
    const { offset } = ioctl(gpuFd, 'DRM_IOCTL_PANFROST_GET_BO_OFFSET', { handle: imported.handle })
    const frames = world.get(world.ids('gem')[0]!).filp!
    expect(new Set(frames.map((frame, i) => frame - i)).size).toBeGreaterThan(1)
    frames.forEach((frame, i) => {
      const { phys } = walk(mali, world.get('gpu_mmu:card0').pgd, offset! + i * 4096 + 8, at => entryIn(world, NC.dramBase / 4096, at, 'memory'))
      expect(phys).toBe(physOf(k, frame) + 8)
    })
    if (kernel === 'KNOW') expect(world.get(world.ids('gem')[1]!).noexec).toBe(true)
  })
  test('a job holds the buffers it names: closing the handle does not pull them away', () => {
    const { world, ioctl, open, runGpu } = machine(NC, 'KNOW')
    const fd = open()
    const { handle, offset } = ioctl(fd, 'DRM_IOCTL_PANFROST_CREATE_BO', { size: 4096, flags: [] })
    ioctl(fd, 'DRM_IOCTL_PANFROST_SUBMIT', { handles: [handle], ops: [{ op: 'read', gpuVa: offset, sizeBytes: 4096, pattern: null }] })
    ioctl(fd, 'DRM_IOCTL_GEM_CLOSE', { handle })
    expect(world.ids('gem')).toHaveLength(1)
    expect(runGpu()).toEqual(expect.arrayContaining(['job.read', 'job.done', 'iopt.unmap', 'gem.free']))
    expect(world.ids('gem')).toEqual([])
  })
  test('the lowest free place is used again', () => {
    const { ioctl, open } = machine(NC, 'K61')
    const fd = open()
    const make = (size: number) => ioctl(fd, 'DRM_IOCTL_PANFROST_CREATE_BO', { size, flags: ['PANFROST_BO_NOEXEC'] })
    const [a, b] = [make(8192), make(4096)]
    expect([a.offset, b.offset]).toEqual([0x200_0000, 0x200_2000])
    ioctl(fd, 'DRM_IOCTL_GEM_CLOSE', { handle: a.handle })
    expect([make(4096).offset, make(8192).offset]).toEqual([0x200_0000, 0x200_3000])
  })
})
