/** For tests: one process that has a buffer of an exporter and an import of it on another device, and can map the import through the node. */
import type { Id } from '../../journal/vocabulary.ts'
import type { Platform } from '../../hardware/hardware.ts'
import type { KernelParts } from '../parts.ts'
import { tryKernel } from '../_try.ts'

/** How each driver tells the offset of a handle. */
const OFFSETS: Readonly<Record<string, (handle: number) => readonly [string, Record<string, unknown>, string]>> = {
  etnaviv: handle => ['ETNAVIV_GEM_INFO', { handle, pad: 0 }, 'offset'],
  msm: handle => ['MSM_GEM_INFO', { handle, info: 'MSM_INFO_GET_OFFSET', len: 0, pad: 0 }, 'value'],
  v3d: handle => ['V3D_MMAP_BO', { handle, flags: [] }, 'offset'],
  lima: handle => ['LIMA_GEM_INFO', { handle }, 'offset'],
}

export function importing(kernel: string | KernelParts, driver: string, exporter = 'kms-shmem', on: Partial<Platform> = {}) {
  const machine = tryKernel(kernel, [{ driver: exporter, card: 'x', render: null }, { driver, card: 'i', render: 'i-render' }, { driver: `${driver}#2`, card: 'j', render: null }], on)
  const { world } = machine
  const a = machine.process('A')
  const card = a.open('x')
  const gpu = a.open('i')
  const k = a.dumb(card, 2)
  const fd = a.export(card, k)
  const exported = world.ids('gem')[0]!
  const handle = a.import(gpu, fd)
  const imported = world.ids('gem').at(-1)!
  const [request, arg, field] = OFFSETS[driver]?.(handle) ?? ['', {}, '']
  /** The offset that the driver tells; for drivers that tell none, the one that is there. */
  const offset = (): number => (request ? a.ioctl(gpu, request, arg)[field]! : machine.offsetOf(imported))
  const area = { length: 8192 }
  return {
    ...machine, a, card, gpu, k, fd, exported, imported, handle, offset,
    map: (): number => a.mmap(gpu, { ...area, offset: offset() }),
    mapAnswer: (): string => a.mmapAnswer(gpu, { ...area, offset: offset() }),
    unmap: (addr: number) => a.call('munmap', { addr, length: 8192 }),
    /** The area that was mapped last, and who owns it. */
    vma: () => {
      const vma = world.get(world.ids('vma').at(-1)!)
      return { ...vma, owner: vma.priv === imported ? 'importer' : vma.priv === exported ? 'exporter' : String(vma.priv), through: world.get(vma.file as Id<'file'>).kind }
    },
    refs: (gem: Id<'gem'>): number => world.find(gem)?.refcount ?? 0,
    lost: (): number => world.ids('ref').filter(id => world.get(id).lost).length,
    has: (event: string): boolean => world.steps.some(step => step.event === event),
  }
}

export const MARKS = ['io', 'pf', 'mm', 'de', 'dd']
export const marksOf = (flags: readonly string[]): string => MARKS.filter(mark => flags.includes(mark)).join(' ')
