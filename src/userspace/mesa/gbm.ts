/**
 * GBM and the part of Mesa behind it that knows the GPU: export, import, mapping, jobs and the end of a buffer. What a variant replaces
 * (MesaParts) is asked for at its point: flags of an export, the way to a pointer (map.ts), and which driver is spoken to (winsys.ts).
 * Mirrors: gbm.c; the functions that each winsys names.
 * Leaves out: the table of known buffers and its lock, tiling, staging copies, formats, GPU contexts made on demand; glFlush and glFinish
 * belong to a GL context, and are given the node and the buffer here.
 */
import { fill } from '../../base/fill.ts'
import { steps, userFunction, type User, type UserFunction } from '../function.ts'
import type { Id } from '../../journal/vocabulary.ts'
import type { SubmitPart } from './job-parts.ts'
import { mapSteps, wayOf } from './map.ts'
import { winsysOf, type Winsys } from './winsys.ts'

type Bo = { bo: Id<'bo'> }

const UNMAPPED = 'the import could not be mapped ({errno})'

/** Which function imports: the name shows in the call chain. */
const ofEra = ({ mesa }: User, [then, now]: readonly [string, string]): string => (mesa.era === '2019' ? then : now)
const importer = (user: User): string => ofEra(user, winsysOf(user.mesa).imports)
const mapper = (user: User): string => ofEra(user, winsysOf(user.mesa).maps)

const gbmGetFd = userFunction('gbm_bo_get_fd', steps({
  export: ({ mesa }: User, { fd, handle }: { fd: number; handle: number }) => ({ call: 'drmPrimeHandleToFD', vars: { fd, handle, flags: mesa.exportFlags } }),
  done: ({ answer, errno }: User) => (errno === null ? { give: answer } : { fail: errno }),
}))

const gbmImport = userFunction('gbm_bo_import', steps({
  import: (user: User, { fd, prime }: { fd: number; prime: number }) => ({ call: importer(user), vars: { fd, prime } }),
  done: ({ answer, errno }: User) => (errno === null ? { give: answer } : { fail: errno }),
}))

interface Import { fd: number; prime: number; handle: number; va: number; size: number; keep: number; bo: Id<'bo'> }

/** Both eras ask the same of the kernel; they differ in what follows. */
const importSteps = {
  handle: (_: User, { fd, prime }: Import) => ({ call: 'drmPrimeFDToHandle', vars: { fd, prime } }),
  offset: ({ answer, errno, mesa }: User, { fd }: Import) => {
    if (errno !== null) return { fail: errno }
    const { address } = winsysOf(mesa)
    return address ? { trap: 'ioctl', args: { fd, ...address.ask(answer) }, keep: { handle: answer } } : { go: 'size', keep: { handle: answer, va: 0 } }
  },
  // Without an address on the GPU the buffer can still be mapped.
  address: ({ answer, errno, mesa }: User) => ({ go: 'size', keep: { va: errno === null ? winsysOf(mesa).address!.of(answer) : 0 } }),
  size: (_: User, { prime }: Import) => ({ trap: 'lseek', args: { fd: prime, offset: 0, whence: 'SEEK_END' } }),
  descriptor: (user: User, { prime }: Import) => {
    const { answer, errno, mesa } = user
    if (errno !== null) return { fail: errno }
    return wayOf(user) !== 'N' || mesa.sync ? { trap: 'dup', args: { fd: prime }, keep: { size: answer } } : { go: 'known', keep: { size: answer, keep: -1 } }
  },
  kept: ({ answer, errno }: User) => (errno === null ? { go: 'known', keep: { keep: answer } } : { fail: errno }),
}
function know({ world, task }: User, { fd, handle, va, size, keep }: Import): Id<'bo'> {
  const bo = world.create(world.newId('bo'), { task, fd, handle, sizeBytes: size, gpuVa: va, primeFd: keep, addr: null })
  world.emit('bo.import', { bo, handle, sizeBytes: size, gpuVa: va })
  return bo
}
const giveBo = ({ world }: User, bo: Id<'bo'>) => ({ give: { value: world.get(bo).handle, length: world.get(bo).sizeBytes, obj: bo } })

/** Where Mesa of 2019 mapped every import at once, one that cannot be mapped ends the process. Today one is mapped when somebody asks for a pointer. */
const importFn = (name: string) => userFunction(name, steps({
  ...importSteps,
  known: (user: User, vars: Import) => {
    const bo = know(user, vars)
    const { mesa } = user
    return mesa.era === '2019' && winsysOf(mesa).mapsImports2019 && mesa.mapPath !== 'D' ? { call: mapper(user), vars: { bo }, keep: { bo } } : giveBo(user, bo)
  },
  mapped: (user: User, { bo }: Import) => (user.errno === null ? giveBo(user, bo) : { abort: fill(UNMAPPED, { errno: user.errno }) }),
}))

const gbmMap = userFunction('gbm_bo_map', steps({
  map: (user: User, { bo }: Bo) => (user.world.get(bo).addr === null ? { call: mapper(user), vars: { bo } } : { go: 'prep' }),
  check: ({ errno }: User) => (errno === null ? { go: 'prep' } : { fail: errno }),
  prep: (user: User, { bo }: Bo) => bracket(user, bo, 'prep', 'begin'),
  begin: (user: User, { bo }: Bo) => (user.errno === null ? sync(user, bo, 'START', 'done') : { fail: user.errno }),
  done: ({ world, errno }: User, { bo }: Bo) => {
    const { addr, sizeBytes } = world.get(bo)
    return errno === null ? { give: { value: addr!, length: sizeBytes, obj: bo } } : { fail: errno }
  },
}))

/** What the driver has of its own for the beginning or the end of an access. */
function bracket({ world, mesa }: User, bo: Id<'bo'>, edge: 'prep' | 'fini', then: string) {
  const ask = winsysOf(mesa)[edge]
  const { fd, handle } = world.get(bo)
  return ask ? { trap: 'ioctl', args: { fd, ...ask(handle) }, then } : { go: then }
}

/** Y1 brackets the access with the ioctl, which needs a descriptor of the dma-buf; Y0 goes on. */
function sync({ world, mesa }: User, bo: Id<'bo'>, edge: 'START' | 'END', then: string) {
  const { primeFd } = world.get(bo)
  if (!mesa.sync || primeFd < 0) return { go: then }
  const flags = ['DMA_BUF_SYNC_READ', 'DMA_BUF_SYNC_WRITE', `DMA_BUF_SYNC_${edge}`]
  world.emit('mesa.sync', { bo, flags: flags.join(' | ') })
  return { trap: 'ioctl', args: { fd: primeFd, request: 'DMA_BUF_IOCTL_SYNC', arg: { flags } }, then }
}

const gbmUnmap = userFunction('gbm_bo_unmap', steps({
  end: (user: User, { bo }: Bo) => sync(user, bo, 'END', 'fini'),
  fini: (user: User, { bo }: Bo) => (user.errno === null ? bracket(user, bo, 'fini', 'done') : { fail: user.errno }),
  done: ({ errno }: User) => (errno === null ? { give: 0 } : { fail: errno }),
}))

const gbmDestroy = userFunction('gbm_bo_destroy', steps({
  unmap: ({ world }: User, { bo }: Bo) => {
    const { addr, sizeBytes } = world.get(bo)
    return addr === null ? { go: 'descriptor' } : { trap: 'munmap', args: { addr, length: sizeBytes }, then: 'unmapped' }
  },
  unmapped: ({ world }: User, { bo }: Bo) => {
    world.set(bo, 'addr', null)
    world.emit('bo.unmap', { bo })
    return { go: 'descriptor' }
  },
  descriptor: ({ world }: User, { bo }: Bo) => (world.get(bo).primeFd < 0 ? { go: 'handle' } : { trap: 'close', args: { fd: world.get(bo).primeFd }, then: 'handle' }),
  handle: ({ world }: User, { bo }: Bo) => ({ call: 'drmCloseBufferHandle', vars: { fd: world.get(bo).fd, handle: world.get(bo).handle } }),
  gone: ({ world, errno }: User, { bo }: Bo) => {
    world.remove(bo)
    world.emit('bo.destroy', { bo })
    return errno === null ? { give: 0 } : { fail: errno }
  },
}))

interface Submit { fd: number; parts: readonly { op: SubmitPart['op']; bo: Id<'bo'> | null; va: number; size: number; pattern: string | null }[] }
/** The program's parts as the winsys takes them: buffers by handle and address, or addresses alone. */
const partsOf = ({ world }: User, parts: Submit['parts']): SubmitPart[] => parts.map(({ op, bo, va, size, pattern }) => {
  if (op === 'uses') return { op, handle: va, gpuVa: 0, sizeBytes: 0, pattern: null }
  const known = bo && world.get(bo)
  return { op, handle: known ? known.handle : null, gpuVa: known ? known.gpuVa : va, sizeBytes: known ? known.sizeBytes : size, pattern }
})
interface Wait { fd: number; handle: number; timeout: number }
const ended = ({ errno }: User) => (errno === null ? { give: 0 } : { fail: errno })

const submitFns = ({ submits, submit }: NonNullable<Winsys['job']>) => [...new Set(submits)].map(name => userFunction(name, steps({
  submit: (user: User, { fd, parts }: Submit) => ({ trap: 'ioctl', args: { fd, ...submit(partsOf(user, parts)) } }),
  done: ended,
})))
const waitFns = ({ waits, wait }: NonNullable<Winsys['job']>) => [...new Set(waits)].map(name => userFunction(name, steps({
  wait: (_: User, { fd, handle, timeout }: Wait) => ({ trap: 'ioctl', args: { fd, ...wait(handle, timeout) } }),
  done: ended,
})))

/** What GL was asked to draw goes to the GPU. Without one the CPU has drawn already. */
const glFlush = userFunction('glFlush', steps({
  flush: (user: User, { fd, parts }: Submit) => {
    const { job } = winsysOf(user.mesa)
    if (job) return { call: ofEra(user, job.submits), vars: { fd, parts } }
    user.world.emit('mesa.software', { driver: user.mesa.winsys })
    return { give: 0 }
  },
  done: ended,
}))
const glFinish = userFunction('glFinish', steps({
  finish: (user: User, { fd, handle, timeout }: Wait) => {
    const { job } = winsysOf(user.mesa)
    return job ? { call: ofEra(user, job.waits), vars: { fd, handle, timeout } } : { give: 0 }
  },
  done: ended,
}))

/** Its own functions for what gbm and GL ask. */
export const functionsOf = ({ imports, maps, job }: Winsys): readonly UserFunction[] => [
  ...[...new Set(imports)].map(importFn), ...[...new Set(maps)].map(name => userFunction(name, mapSteps)), ...(job ? [...submitFns(job), ...waitFns(job)] : []),
]

export default [gbmGetFd, gbmImport, gbmMap, gbmUnmap, gbmDestroy, glFlush, glFinish]
