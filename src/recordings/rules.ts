/**
 * The rules that recordings show, and which operations speak for each. An operation may speak for several: an export gives a number, and it
 * is one of the dma-buf's. What an operation maps, and who asks, is looked up before it is made.
 */
import type { Id } from '../journal/vocabulary.ts'
import type { World } from '../world/world.ts'
import type { Op, Replayer, Result } from './ops.ts'

/** What a mapping asks for: an object of the node's own device, one imported into it, a dma-buf. */
export type Target = 'own' | 'import' | 'buffer' | 'other'
export interface Asked { readonly op: Op; readonly target: Target; readonly ordinary: boolean; readonly render: boolean }

export interface Rule {
  readonly id: string
  readonly title: string
  readonly says: string
  readonly holds: (asked: Asked, result: Result) => boolean
}

const among = (...names: string[]) => {
  const set = new Set(names)
  return ({ op }: Asked): boolean => set.has(op.op)
}
const maps = (target: Target) => ({ op, target: found }: Asked): boolean => op.op === 'mmap' && found === target

export const RULES: readonly Rule[] = [
  { id: 'numbers', title: 'Numbers', says: 'Descriptors, handles, names and fake offsets come out as numbered by Linux: the lowest that is free, the smallest hole that fits.', holds: (_, result) => result.v !== undefined },
  { id: 'objects', title: 'Objects and handles', says: 'A buffer object lives while a handle, a mapping, a dma-buf or a framebuffer holds it; files that open the node anew see none of its handles.', holds: among('create', 'destroy', 'gem_close', 'map_dumb', 'flink', 'gem_open', 'addfb', 'rmfb', 'get_cap') },
  { id: 'one-buffer', title: 'One dma-buf for one object', says: 'The first export makes the dma-buf and fixes its access mode; later ones give the same file again, whatever they ask for.', holds: among('export', 'kcmp', 'getfl', 'setfl', 'reopen', 'fstat') },
  { id: 'import', title: 'Import', says: 'The same file gets the same handle, the same device the same object, another device an object of its own with one attachment.', holds: among('import') },
  { id: 'counts', title: 'Reference counts', says: 'What /proc and debugfs tell: references of files, objects and framebuffers, attachments, pages in use.', holds: among('fdinfo', 'bufinfo', 'gem_names', 'fb_info') },
  { id: 'node-mmap', title: 'mmap of a node', says: 'The offset names an object, the handle gives the right, and the object says how; what is wrong first decides the errno.', holds: ({ op, target }) => op.op === 'mmap' && (target === 'own' || target === 'other') },
  { id: 'buffer-mmap', title: 'mmap of a dma-buf', says: 'The mode of the descriptor decides, and the range must lie within the buffer.', holds: maps('buffer') },
  { id: 'forwarding', title: 'mmap of an import', says: 'Through the importer\'s node: its own area over foreign pages in 5.2, handed to the exporter with the patch and in 6.1; the mode of the dma-buf is not asked.', holds: maps('import') },
  { id: 'pages', title: 'Which page a fault brings', says: 'Bytes loaded and stored, and the signal where there are none; 6.1 counts pages from the start of the area, whatever the offset.', holds: among('load', 'store') },
  { id: 'areas', title: 'Changing areas', says: 'Unmapping, protecting, moving and advising parts of areas, and what /proc/self/smaps shows of them.', holds: among('munmap', 'mprotect', 'mremap', 'madvise', 'msync', 'maps') },
  { id: 'fences', title: 'Fences and SYNC', says: 'Who waits for which fence, with every combination of flags, and what poll reports.', holds: among('sync', 'poll', 'fence_attach', 'fence_signal', 'export_sync', 'import_sync', 'sync_info') },
  { id: 'exporters', title: 'Exporters beside DRM', says: 'Memory files with seals that become dma-bufs, and the system heap.', holds: among('memfd', 'udmabuf', 'seal', 'get_seals', 'heap_alloc', 'ftruncate', 'fallocate') },
  { id: 'files', title: 'Files and processes', says: 'Opening, closing, copying and sending descriptors; fork, exit, and what of it reaches the other process.', holds: among('open', 'close', 'dup', 'read', 'write', 'lseek', 'getfd', 'setfd', 'set_name', 'ioctl', 'fork', 'spawn', 'exit', 'pass', 'noop') },
  { id: 'who-may', title: 'Who may', says: 'What render nodes and ordinary users are refused.', holds: ({ op, ordinary, render }, { r }) => ordinary || render || op.op === 'setuid' || r === 'EACCES' || r === 'EPERM' },
  { id: 'errors', title: 'Errors', says: 'Every call that fails, with the errno that wins when two things are wrong, every signal, and every process that the kernel kills.', holds: (_, { r }) => r !== 'ok' && r !== 'skip' },
]

/** What an operation is about to ask, as the state is before it. */
export function askedOf(world: World, replayer: Replayer, op: Op): Asked {
  const task = world.find(`task:${String(op.p ?? 'p1')}`)
  const file = op.fd === undefined ? undefined : task?.fds[replayer.fd(op)]?.file
  const opened = world.find(file)
  const drm = opened?.kind === 'drm' ? world.find(opened.priv as Id<'drm_file'>) : undefined
  const asked = { op, ordinary: (task?.uid ?? 0) !== 0, render: drm?.render ?? false }
  if (op.op !== 'mmap') return { ...asked, target: 'other' }
  if (!drm) return { ...asked, target: opened?.kind === 'dmabuf' ? 'buffer' : 'other' }
  const page = (replayer.num(op, 'off', 0) + replayer.num(op, 'add', 0)) / 4096
  const range = world.get(drm.device).offsets.find(({ start, pages }) => page >= start && page < start + pages)
  return { ...asked, target: !range ? 'other' : world.get(range.gem).importAttach ? 'import' : 'own' }
}
