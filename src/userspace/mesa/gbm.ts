/**
 * GBM and the panfrost winsys of Mesa: export, import, mapping and the end of a buffer. What a variant replaces (MesaParts)
 * is asked for at its point: flags of an export, the way to a pointer, and whether an import is mapped at once.
 * Mirrors: panfrost_drm_import_bo, panfrost_drm_export_bo, panfrost_drm_mmap_bo, panfrost_drm_release_bo (pan_drm.c, July 2019);
 * panfrost_bo_import, panfrost_bo_mmap, pan_kmod_bo_import (2024).
 * Leaves out: the table of known buffers and its lock, tiling, staging copies, formats, GPU contexts made on demand.
 */
import { userFunction, type StepFn, type User } from '../function.ts'
import type { Errno, Id } from '../../journal/vocabulary.ts'

type Bo = { bo: Id<'bo'> }
const steps = (list: Readonly<Record<string, unknown>>): Readonly<Record<string, StepFn>> => list as Readonly<Record<string, StepFn>>

/** Which function imports: the name shows in the call chain. */
const importer = ({ mesa }: User): string => (mesa.era === '2019' ? 'panfrost_drm_import_bo' : 'panfrost_bo_import')
const mapper = ({ mesa }: User): string => (mesa.era === '2019' ? 'panfrost_drm_mmap_bo' : 'panfrost_bo_mmap')

export const gbmGetFd = userFunction('gbm_bo_get_fd', steps({
  export: ({ mesa }: User, { fd, handle }: { fd: number; handle: number }) => ({ call: 'drmPrimeHandleToFD', vars: { fd, handle, flags: mesa.exportFlags } }),
  done: ({ answer, errno }: User) => (errno === null ? { give: answer } : { fail: errno }),
}))

export const gbmImport = userFunction('gbm_bo_import', steps({
  import: (user: User, { fd, prime }: { fd: number; prime: number }) => ({ call: importer(user), vars: { fd, prime } }),
  done: ({ answer, errno }: User) => (errno === null ? { give: answer } : { fail: errno }),
}))

interface Import { fd: number; prime: number; handle: number; va: number; size: number; keep: number; bo: Id<'bo'> }

/** Both eras ask the same of the kernel; they differ in what follows. */
const importSteps = {
  handle: (_: User, { fd, prime }: Import) => ({ call: 'drmPrimeFDToHandle', vars: { fd, prime } }),
  offset: ({ answer, errno }: User, { fd }: Import) => (errno !== null ? { fail: errno } : {
    trap: 'ioctl', args: { fd, request: 'DRM_IOCTL_PANFROST_GET_BO_OFFSET', arg: { handle: answer } }, keep: { handle: answer },
  }),
  // Without an address on the GPU the buffer can still be mapped: a stand-in for panfrost may have no GPU.
  size: ({ answer, errno }: User, { prime }: Import) => ({
    trap: 'lseek', args: { fd: prime, offset: 0, whence: 'SEEK_END' }, keep: { va: errno === null ? (answer as { offset: number }).offset : 0 },
  }),
  descriptor: ({ answer, errno, mesa }: User, { prime }: Import) => (errno !== null ? { fail: errno }
    : mesa.mapPath !== 'N' || mesa.sync ? { trap: 'dup', args: { fd: prime }, keep: { size: answer } }
    : { go: 'known', keep: { size: answer, keep: -1 } }),
  kept: ({ answer, errno }: User) => (errno === null ? { go: 'known', keep: { keep: answer } } : { fail: errno }),
}
function know({ world, task }: User, { fd, handle, va, size, keep }: Import): Id<'bo'> {
  const bo = world.create(world.newId('bo'), { task, fd, handle, sizeBytes: size, gpuVa: va, primeFd: keep, addr: null })
  world.emit('bo.import', { bo, handle, sizeBytes: size, gpuVa: va })
  return bo
}
const giveBo = ({ world }: User, bo: Id<'bo'>) => ({ give: { value: world.get(bo).handle, length: world.get(bo).sizeBytes, obj: bo } })

/** July 2019: every import is mapped at once, and an import that cannot be mapped ends the process. */
export const import2019 = userFunction('panfrost_drm_import_bo', steps({
  ...importSteps,
  known: (user: User, vars: Import) => {
    const bo = know(user, vars)
    return user.mesa.mapPath === 'D' ? giveBo(user, bo) : { call: mapper(user), vars: { bo }, keep: { bo } }
  },
  mapped: (user: User, { bo }: Import) => (user.errno === null ? giveBo(user, bo) : { abort: `the import could not be mapped (${user.errno})` }),
}))

/** Today: an import is mapped when somebody asks for a pointer. */
export const importNow = userFunction('panfrost_bo_import', steps({ ...importSteps, known: (user: User, vars: Import) => giveBo(user, know(user, vars)) }))

export const gbmMap = userFunction('gbm_bo_map', steps({
  map: (user: User, { bo }: Bo) => (user.world.get(bo).addr === null ? { call: mapper(user), vars: { bo } } : { go: 'begin' }),
  check: ({ errno }: User) => (errno === null ? { go: 'begin' } : { fail: errno }),
  begin: (user: User, { bo }: Bo) => sync(user, bo, 'START', 'done'),
  done: ({ world, errno }: User, { bo }: Bo) => {
    const { addr, sizeBytes } = world.get(bo)
    return errno === null ? { give: { value: addr!, length: sizeBytes, obj: bo } } : { fail: errno }
  },
}))

/** Y1 brackets the access with the ioctl, which needs a descriptor of the dma-buf; Y0 goes on. */
function sync({ world, mesa }: User, bo: Id<'bo'>, edge: 'START' | 'END', then: string) {
  const { primeFd } = world.get(bo)
  if (!mesa.sync || primeFd < 0) return { go: then }
  const flags = ['DMA_BUF_SYNC_READ', 'DMA_BUF_SYNC_WRITE', `DMA_BUF_SYNC_${edge}`]
  world.emit('mesa.sync', { bo, flags: flags.join(' | ') })
  return { trap: 'ioctl', args: { fd: primeFd, request: 'DMA_BUF_IOCTL_SYNC', arg: { flags } }, then }
}

interface Mapping { bo: Id<'bo'>; node: number; refused: Errno }
const RW = ['PROT_READ', 'PROT_WRITE']
/** Ways S and M open a node themselves: that of the exporting device, where the import is the object itself, or the importer's own card. */
const NODES: Readonly<Record<string, string>> = { S: '/dev/dri/card0', M: '/dev/dri/card1' }
const mapSteps = {
  way: ({ world, mesa }: User, { bo }: Mapping) => {
    const { fd, handle, sizeBytes, primeFd } = world.get(bo)
    switch (mesa.mapPath) {
      case 'D': return { trap: 'mmap', args: { addr: null, length: sizeBytes, prot: RW, flags: ['MAP_SHARED'], fd: primeFd, offset: 0 }, then: 'mapped' }
      case 'N': return { trap: 'ioctl', args: { fd, request: 'DRM_IOCTL_PANFROST_MMAP_BO', arg: { handle, flags: [] } }, keep: { node: fd }, then: 'offset' }
      default: return { trap: 'open', args: { path: NODES[mesa.mapPath], flags: ['O_RDWR', 'O_CLOEXEC'] } }
    }
  },
  import: ({ world, answer, errno }: User, { bo }: Mapping) => (errno !== null ? { fail: errno } : { call: 'drmPrimeFDToHandle', vars: { fd: answer, prime: world.get(bo).primeFd }, keep: { node: answer } }),
  ask: ({ answer, errno }: User, { node }: Mapping) => (errno !== null ? { go: 'giveUp', keep: { refused: errno } } : { call: 'drmModeMapDumbBuffer', vars: { fd: node, handle: answer } }),
  offset: ({ world, answer, errno }: User, { bo, node }: Mapping) => (errno !== null ? { go: 'giveUp', keep: { refused: errno } } : {
    trap: 'mmap', args: { addr: null, length: world.get(bo).sizeBytes, prot: RW, flags: ['MAP_SHARED'], fd: node, offset: typeof answer === 'number' ? answer : (answer as { offset: number }).offset },
  }),
  mapped: ({ world, answer, errno, mesa }: User, { bo, node }: Mapping) => {
    if (errno !== null) return { go: 'giveUp', keep: { refused: errno } }
    world.set(bo, 'addr', answer)
    world.emit('bo.map', { bo, addr: answer, by: WAYS[mesa.mapPath] })
    return mesa.mapPath === 'S' || mesa.mapPath === 'M' ? { trap: 'close', args: { fd: node } } : { give: answer }
  },
  done: ({ world }: User, { bo }: Mapping) => ({ give: world.get(bo).addr! }),
  /** A node that was opened for this is closed again. */
  giveUp: ({ mesa }: User, { node, refused }: Mapping) => (mesa.mapPath === 'S' || mesa.mapPath === 'M' ? { trap: 'close', args: { fd: node } } : { fail: refused }),
  refused: (_: User, { refused }: Mapping) => ({ fail: refused }),
}
const WAYS = { N: 'the node of the importing device', D: 'the dma-buf itself', S: 'the node of the device it comes from', M: 'the offset of a dumb buffer' } as const
export const map2019 = userFunction('panfrost_drm_mmap_bo', steps(mapSteps))
export const mapNow = userFunction('panfrost_bo_mmap', steps(mapSteps))

export const gbmUnmap = userFunction('gbm_bo_unmap', steps({
  end: (user: User, { bo }: Bo) => sync(user, bo, 'END', 'done'),
  done: ({ errno }: User) => (errno === null ? { give: 0 } : { fail: errno }),
}))

export const gbmDestroy = userFunction('gbm_bo_destroy', steps({
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

interface Submit { fd: number; parts: readonly { op: 'read' | 'write' | 'uses'; bo: Id<'bo'> | null; va: number; size: number; pattern: string | null }[] }
/** The program's parts as the job descriptor of this simulation: ranges of GPU addresses, and the handles that it touches. */
export const panfrostSubmit = userFunction('panfrost_submit', steps({
  submit: ({ world }: User, { fd, parts }: Submit) => ({
    trap: 'ioctl', args: {
      fd, request: 'DRM_IOCTL_PANFROST_SUBMIT', arg: {
        handles: [...new Set(parts.flatMap(({ op, bo, va }) => (op === 'uses' ? [va] : bo ? [world.get(bo).handle] : [])))],
        ops: parts.filter(({ op }) => op !== 'uses').map(({ op, bo, va, size, pattern }) => ({ op, gpuVa: bo ? world.get(bo).gpuVa : va, sizeBytes: bo ? world.get(bo).sizeBytes : size, pattern })),
      },
    },
  }),
  done: ({ errno }: User) => (errno === null ? { give: 0 } : { fail: errno }),
}))

export const panfrostWaitBo = userFunction('panfrost_wait_bo', steps({
  wait: (_: User, { fd, handle, timeout }: { fd: number; handle: number; timeout: number }) => ({ trap: 'ioctl', args: { fd, request: 'DRM_IOCTL_PANFROST_WAIT_BO', arg: { handle, timeout } } }),
  done: ({ errno }: User) => (errno === null ? { give: 0 } : { fail: errno }),
}))

export default [gbmGetFd, gbmImport, import2019, importNow, gbmMap, map2019, mapNow, gbmUnmap, gbmDestroy, panfrostSubmit, panfrostWaitBo]
