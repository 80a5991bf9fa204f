/**
 * The way to a pointer: which file Mesa maps, and where it got the offset. A variant with a way of its own puts steps of its own in front
 * of `finish`.
 * Mirrors: the functions that each winsys names. Leaves out: the lock around them.
 */
import type { Errno, Id } from '../../journal/vocabulary.ts'
import { steps, type Next, type User } from '../function.ts'
import { winsysOf } from './winsys.ts'

/** `node`: the file that is mapped. `own`: a descriptor that was opened for this only. */
export interface Mapping { bo: Id<'bo'>; node: number; own?: number; refused: Errno }

/** Where there is no offset but that of a plain buffer, that way is gone. */
export const wayOf = ({ mesa }: User) => (mesa.mapPath === 'N' && !winsysOf(mesa).offset ? 'M' : mesa.mapPath)
/** Ways S and M open a node themselves: that of the exporting device, where the import is the object itself, or the importer's own card. */
const NODES: Readonly<Record<string, string>> = { S: '/dev/dri/card0', M: '/dev/dri/card1' }
const WAYS = { N: 'the node of the importing device', D: 'the dma-buf itself', S: 'the node of the device it comes from', M: 'the offset of a dumb buffer' } as const

/** mmap for reading and writing, shared, as Mesa always asks for it. */
export const mmapOf = ({ world }: User, bo: Id<'bo'>, fd: number, offset: number): Extract<Next, { trap: string }> =>
  ({ trap: 'mmap', args: { addr: null, length: world.get(bo).sizeBytes, prot: ['PROT_READ', 'PROT_WRITE'], flags: ['MAP_SHARED'], fd, offset } })
export const refused = (errno: Errno): Next => ({ go: 'giveUp', keep: { refused: errno } })
/** Asks the driver for the offset, and reads its answer; libdrm answers the offset itself. */
export const askOffset = ({ world, mesa }: User, bo: Id<'bo'>): Next => ({ trap: 'ioctl', args: { fd: world.get(bo).fd, ...winsysOf(mesa).offset!.ask(world.get(bo).handle) } })
export const offsetOf = ({ mesa, answer }: User): number => (typeof answer === 'number' ? answer : winsysOf(mesa).offset!.of(answer))

/** From the answer of mmap to the end: keeps the pointer, closes what was opened for it. */
export const finish = {
  mapped: (user: User, { bo, own }: Mapping) => {
    const { world, answer, errno } = user
    if (errno !== null) return refused(errno)
    world.set(bo, 'addr', answer)
    world.emit('bo.map', { bo, addr: answer, by: WAYS[wayOf(user)] })
    return own === undefined ? { give: answer } : { trap: 'close', args: { fd: own } }
  },
  done: ({ world }: User, { bo }: Mapping) => ({ give: world.get(bo).addr! }),
  giveUp: (_: User, { own, refused: errno }: Mapping) => (own === undefined ? { fail: errno } : { trap: 'close', args: { fd: own } }),
  refused: (_: User, { refused: errno }: Mapping) => ({ fail: errno }),
}

export const mapSteps = steps({
  way: (user: User, { bo }: Mapping) => {
    const { fd, primeFd } = user.world.get(bo)
    const way = wayOf(user)
    switch (way) {
      case 'D': return { ...mmapOf(user, bo, primeFd, 0), then: 'mapped' }
      case 'N': return { ...askOffset(user, bo), keep: { node: fd }, then: 'offset' }
      default: return { trap: 'open', args: { path: NODES[way], flags: ['O_RDWR', 'O_CLOEXEC'] } }
    }
  },
  import: ({ world, answer, errno }: User, { bo }: Mapping) => (errno !== null ? { fail: errno } : { call: 'drmPrimeFDToHandle', vars: { fd: answer, prime: world.get(bo).primeFd }, keep: { node: answer, own: answer } }),
  ask: ({ answer, errno }: User, { node }: Mapping) => (errno !== null ? refused(errno) : { call: 'drmModeMapDumbBuffer', vars: { fd: node, handle: answer } }),
  offset: (user: User, { bo, node }: Mapping) => (user.errno !== null ? refused(user.errno) : mmapOf(user, bo, node, offsetOf(user))),
  ...finish,
})
