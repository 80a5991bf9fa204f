/** What several quirks ask of a snapshot. */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Quirk } from '../journal/quirk.ts'
import { all, get, type Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import type { Id, Objects } from '../journal/vocabulary.ts'

/** The object that an import stands for, and its dma-buf; undefined for a device's own object. */
export function dmaBufBehind(world: Snapshot, gem: Id<'gem'>): Id<'dma_buf'> | undefined {
  const { importAttach } = get(world, gem) ?? { importAttach: null }
  return importAttach ? get(world, importAttach)?.dmaBuf : undefined
}
export const fileOf = (world: Snapshot, dmaBuf: Id<'dma_buf'>): Readonly<Objects['file']> | undefined => get(world, get(world, dmaBuf)?.file ?? 'file:')
export const isReadOnly = (world: Snapshot, dmaBuf: Id<'dma_buf'>): boolean => fileOf(world, dmaBuf)?.fmode.write === false
/** Some process has a number for this file. */
export const hasNumber = (world: Snapshot, file: Id<'file'>): boolean => all(world, 'task').some(([, { fds }]) => Object.values(fds).some(fd => fd.file === file))
/** The open DRM file behind a number of the process that acts. */
export function drmFileAt(world: Snapshot, step: Step, fd: number): Id<'drm_file'> | undefined {
  const file = get(world, step.actor as Id<'task'>)?.fds[fd]?.file
  const record = file && get(world, file)
  return record?.kind === 'drm' ? (record.priv as Id<'drm_file'>) : undefined
}
/** The number and the offset that a call of mmap was given. */
export function mmapArgs(call: string): { readonly fd: number; readonly offset: number } | undefined {
  const found = /, (-?\d+), (0x[0-9a-f]+|\d+)\)$/.exec(call)
  return call.startsWith('mmap(') && found ? { fd: Number(found[1]), offset: Number(found[2]) } : undefined
}

/**
 * A page that a fault handler takes from the start of the area, although what is mapped does not begin there. `which` is asked whether the
 * area has lost its head since it was mapped; if it has not, it began at an offset.
 */
export const miscounted = (which: (moved: boolean) => boolean): Pick<Quirk<Map<Id<'vma'>, number>>, 'on' | 'memory' | 'watch'> => ({
  on: ['fault.insert', 'mmap.done'],
  memory: () => new Map(),
  watch(step, world, mappedAt) {
    if (is(step, 'mmap.done')) mappedAt.set(step.fields.vma, step.fields.start)
    if (!is(step, 'fault.insert')) return undefined
    const { vma: id, addr, frame } = step.fields
    const { priv, start, pgoff } = get(world, id)!
    const gem = priv?.startsWith('gem:') ? get(world, priv as Id<'gem'>) : undefined
    if (!gem || gem.offset === null || pgoff <= gem.offset || !which(mappedAt.get(id) !== start)) return undefined
    return gem.pages?.[(addr - start) / PAGE_SIZE] === frame ? [id, priv!] : undefined
  },
})
