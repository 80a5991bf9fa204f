/** For tests: a kernel of one flavour with a device of each kind, in which processes make calls one after the other. */
import { Memory } from '../hardware/memory.ts'
import type { Platform } from '../hardware/hardware.ts'
import { is } from '../journal/step.ts'
import type { Id, Objects } from '../journal/vocabulary.ts'
import { World } from '../world/world.ts'
import { bootKernel, type DeviceToBoot } from './boot.ts'
import { isFail, type Outcome } from './fail.ts'
import { flavours } from './flavours.ts'
import type { KernelParts } from './parts.ts'
import { trap } from './trap.ts'

const platform: Platform = {
  id: 'test', title: '', cls: 'NC', devCls: {}, dtCoherent: {}, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: true, walkCoherent: true, cores: 1, dramBase: 0, leavesOut: '',
}

/** Their nodes are named after them: `/dev/dri/cirrus`; those that draw have `-render` too. */
const DEVICES: readonly DeviceToBoot[] = ['cirrus', 'cirrus#2', 'vgem', 'vkms', 'virtio_gpu', 'bochs-drm', 'rockchip', 'panfrost', 'kms-shmem']
  .map(driver => ({ driver, card: driver, render: ['vgem', 'virtio_gpu', 'panfrost'].includes(driver) ? `${driver}-render` : null }))

export type Answer = string
export interface Process {
  /** Makes a call and answers its value; a call that does not succeed is an error of the test. */
  call(name: string, args: Record<string, unknown>): unknown
  ioctl(fd: number, request: string, arg?: Record<string, unknown>): Record<string, number>
  open(path: string, ...flags: readonly string[]): number
  mmap(fd: number, more?: Record<string, unknown>): number
  /** How a call ends: `ok`, an errno, `blocked` or `killed`. */
  answer(name: string, args: Record<string, unknown>): Answer
  ioctlAnswer(fd: number, request: string, arg?: Record<string, unknown>): Answer
  mmapAnswer(fd: number, more?: Record<string, unknown>): Answer
  /** A dumb buffer of so many pages. */
  dumb(fd: number, pages?: number): number
  export(fd: number, handle: number, ...flags: readonly string[]): number
  import(fd: number, dmaBuf: number): number
}

export function tryKernel(kernel: string | KernelParts, devices: readonly DeviceToBoot[] = DEVICES, on: Partial<Platform> = {}) {
  const world = new World()
  const booted = bootKernel(world, new Memory(world, { ...platform, ...on }), typeof kernel === 'string' ? flavours[kernel]! : kernel, devices)
  let n = 0
  const started = new Set<string>()
  const process = (letter: string): Process => {
    if (!started.has(letter)) booted.start(letter)
    started.add(letter)
    const k = booted.context(`task:${letter}`)
    const make = (name: string, args: Record<string, unknown>): Outcome => {
      world.actor = k.task
      world.call = `${letter}.${++n}`
      const outcome = trap(k, name, args)
      if (world.untold) throw new Error(`${name} changed something and told nobody`)
      return outcome
    }
    const answer: Process['answer'] = (name, args) => {
      const outcome = make(name, args)
      return isFail(outcome) ? outcome.errno : 'killed' in outcome ? 'killed' : 'blockedOn' in outcome ? 'blocked' : 'then' in outcome ? `then ${outcome.then}` : 'ok'
    }
    const call: Process['call'] = (name, args) => {
      const outcome = make(name, args)
      if (!isFail(outcome) && 'done' in outcome) return outcome.done
      throw new Error(`${name}: ${isFail(outcome) ? outcome.errno : JSON.stringify(outcome)}`)
    }
    const mapping = (fd: number, more: Record<string, unknown> = {}) => ({ addr: null, length: 4096, prot: ['PROT_READ', 'PROT_WRITE'], flags: ['MAP_SHARED'], fd, offset: 0, ...more })
    const drm = (request: string): string => (/^(DRM|DMA|UDMABUF|SYNC)_/.test(request) ? request : `DRM_IOCTL_${request}`)
    const ioctl: Process['ioctl'] = (fd, request, arg = {}) => call('ioctl', { fd, request: drm(request), arg }) as Record<string, number>
    return {
      call, answer, ioctl,
      ioctlAnswer: (fd, request, arg = {}) => answer('ioctl', { fd, request: drm(request), arg }),
      open: (path, ...flags) => call('open', { path: path.startsWith('/') ? path : `/dev/dri/${path}`, flags: flags.length ? flags : ['O_RDWR'] }) as number,
      mmap: (fd, more) => call('mmap', mapping(fd, more)) as number,
      mmapAnswer: (fd, more) => answer('mmap', mapping(fd, more)),
      dumb: (fd, pages = 1) => ioctl(fd, 'MODE_CREATE_DUMB', { width: 64, height: 16 * pages, bpp: 32 }).handle!,
      export: (fd, handle, ...flags) => ioctl(fd, 'PRIME_HANDLE_TO_FD', { handle, flags }).fd!,
      import: (fd, dmaBuf) => ioctl(fd, 'PRIME_FD_TO_HANDLE', { fd: dmaBuf }).handle!,
    }
  }
  return {
    world, process, context: booted.context,
    sole: <K extends keyof Objects & string>(kind: K): Readonly<Objects[K]> => world.get(world.ids(kind).at(-1)!),
    gemOf: (device: string): Id<'gem'> => world.ids('gem').findLast(id => world.get(id).device === `device:${device}`)!,
    /** Byte offset of an object's place in its node. */
    offsetOf: (gem: Id<'gem'>): number => world.get(gem).offset! * 4096,
    /** The events of one stretch of a test. */
    told: (during: () => void): string[] => {
      const mark = world.steps.length
      during()
      return world.steps.slice(mark).map(step => step.event)
    },
    /** Every function that was entered in one stretch, in order. */
    entered: (during: () => void): string[] => {
      const mark = world.steps.length
      during()
      return world.steps.slice(mark).flatMap(step => (is(step, 'fn.enter') ? [step.fields.fn] : []))
    },
    /** The functions that ran in one stretch, in the order in which they were first seen. */
    ran: (during: () => void): string[] => {
      const mark = world.steps.length
      during()
      return [...new Set(world.steps.slice(mark).flatMap(step => step.stack))]
    },
  }
}
