/**
 * Which walks a frame is about: the CPU's for a process, a GPU's and a display's for addresses of their own. A walk leads to a thing that can
 * be chosen, and a chosen thing to its walks.
 */
import { formats } from '../../journal/formats.ts'
import { all, type Snapshot } from '../../journal/snapshot.ts'
import type { Walker } from '../../journal/tables.ts'
import type { Id, Kind } from '../../journal/vocabulary.ts'
import type { TableFormat } from '../../journal/walk.ts'
import type { Frame } from '../frame.ts'

/** Whose tables, and for which address. */
export type Subject = Walker
export type Who = TableFormat['agent']
export type Seen = Pick<Frame, 'header' | 'after' | 'step'>

const list = <T>(snapshot: Snapshot, kind: string): [Id, T][] => all(snapshot, kind as Kind) as unknown as [Id, T][]

interface VmaRecord { readonly task: Id; readonly start: number; readonly end: number; readonly file: Id | null; readonly priv: Id | null }
interface GemRecord { readonly device: Id; readonly gpuVa: number | null; readonly dmaAddr: number | null; readonly sizeBytes: number }
interface MmuRecord { readonly device: Id; readonly format?: string; readonly root?: number }

/** Mali's tables, or a device's own format. */
const agentOf = ({ format }: MmuRecord): Who => (format === undefined ? 'gpu' : formats[format]!.agent)
const mmusOf = (after: Snapshot, who: Who): [Id, MmuRecord][] => [...list<MmuRecord>(after, 'gpu_mmu'), ...list<MmuRecord>(after, 'io_table')].filter(([, mmu]) => agentOf(mmu) === who)
/** Where a device finds a buffer. */
const placeOf = (who: Who, gem: GemRecord): number | null => (who === 'iommu' ? gem.dmaAddr : gem.gpuVa)

/** Whose walks there may be, in the order in which they stand. */
export const walkersOf = (after: Snapshot): Who[] => (mmusOf(after, 'iommu').length > 0 ? ['cpu', 'gpu', 'iommu'] : ['cpu', 'gpu'])

/** Events that are about the tables of a device, and of the CPU. */
const ABOUT_DEVICE = /^(walk\.(gpu|io)|iopt\.|io\.(table|map|unmap|fault)|mmu\.fault|as\.command|job\.fault)/
const ABOUT_CPU = /^(fault\.|pte\.|pgtable\.alloc|walk\.(cpu|dirty))/

interface Fields { readonly task?: Id; readonly addr?: number; readonly gpuVa?: number; readonly mmu?: Id; readonly table?: Id; readonly root?: number; readonly agent?: string; readonly space?: number; readonly fb?: Id }

function deviceSubject(after: Snapshot, { addr, gpuVa, mmu, table, root, agent }: Fields): Subject | null {
  const named = mmu ?? table
  const found = (['gpu', 'iommu'] as const).filter((who) => agent === undefined || agent === who).flatMap((who) => mmusOf(after, who).map(([id, record]) => ({ who, id, record })))
    .find(({ id, record }) => (named ? id === named : root === undefined || record.root === undefined || record.root === root))
  const at = gpuVa ?? addr ?? 0
  // A command for a whole address space is about none of its pages.
  return found && at > 0 ? { who: found.who, owner: found.id, addr: at } : null
}

/** The walk that the step itself is about; null: none. */
export function subjectOfStep({ after, step }: Seen): Subject | null {
  if (!step) return null
  const event: string = step.event
  const fields = step.fields as Fields
  const { task, addr, space, agent } = fields
  const tlb = event.startsWith('tlb.')
  if (ABOUT_DEVICE.test(event) || (tlb && agent !== 'cpu')) return deviceSubject(after, fields)
  if (!ABOUT_CPU.test(event) && !tlb) return null
  const owner = task ?? (space === undefined ? step.actor : list<{ asid: number }>(after, 'task').find(([, each]) => each.asid === space)?.[0])
  return owner && addr !== undefined ? { who: 'cpu', owner: owner as Id, addr } : null
}

/** Where buffers are mapped: by the process that acts if it maps one, else by the last that does. */
function cpuSubject(seen: Seen): Subject | null {
  const mapped = list<VmaRecord>(seen.after, 'vma').filter(([, vma]) => vma.file !== null)
  const vma = mapped.findLast(([, each]) => each.task === seen.step?.actor) ?? mapped.at(-1)
  return vma ? { who: 'cpu', owner: vma[1].task, addr: vma[1].start } : null
}

/** The address at which a device works in this step, else that of the first buffer that has a place there. */
function placedSubject({ after, step }: Seen, who: 'gpu' | 'iommu'): Subject | null {
  const mmus = mmusOf(after, who)
  if (mmus.length === 0) return null
  const { gpuVa, fb } = (step && /^(job\.(read|write)|display\.scanout)$/.test(step.event) ? step.fields : {}) as Fields
  if (who === 'gpu' && gpuVa !== undefined) return { who, owner: mmus[0]![0], addr: gpuVa }
  const shown = after.records.get(fb as Id)?.['gem']
  const gems = list<GemRecord>(after, 'gem').filter(([, gem]) => placeOf(who, gem) !== null)
  for (const [, gem] of [...gems.filter(([id]) => id === shown), ...gems]) {
    const mmu = mmus.find(([, { device }]) => device === gem.device)
    if (mmu) return { who, owner: mmu[0], addr: placeOf(who, gem)! }
  }
  return null
}

/** What a party's walk is shown of: what the step is about, else a buffer. */
export function subjectOf(seen: Seen, who: Who): Subject | null {
  const own = subjectOfStep(seen)
  if (own?.who === who) return own
  return who === 'cpu' ? cpuSubject(seen) : placedSubject(seen, who)
}

/** The walks that a selected object is about: of an area, a buffer, a process, an MMU. */
export function subjectsOf({ after }: Pick<Seen, 'after'>, id: Id): Subject[] {
  const vmas = list<VmaRecord>(after, 'vma')
  const gems = list<GemRecord>(after, 'gem')
  const cpu = (chosen: typeof vmas): Subject[] => chosen.map(([, vma]) => ({ who: 'cpu', owner: vma.task, addr: vma.start }))
  const devices = (chosen: typeof gems, only?: Id): Subject[] => chosen.flatMap(([, gem]) => (['gpu', 'iommu'] as const).flatMap((who) =>
    mmusOf(after, who).filter(([mmu, { device }]) => device === gem.device && placeOf(who, gem) !== null && (only ?? mmu) === mmu).map(([owner]): Subject => ({ who, owner, addr: placeOf(who, gem)! }))))
  if (id.startsWith('vma:')) return cpu(vmas.filter(([key]) => key === id))
  if (id.startsWith('task:')) return cpu(vmas.filter(([, vma]) => vma.task === id && vma.file !== null))
  if (id.startsWith('gem:')) return [...cpu(vmas.filter(([, vma]) => vma.priv === id)), ...devices(gems.filter(([key]) => key === id))]
  if (id.startsWith('gpu_mmu:') || id.startsWith('io_table:')) return devices(gems, id)
  return []
}

/** What a walk leads to, as a thing to choose: the area or buffer at its address, else whose tables they are. */
export function thingOf({ after }: Pick<Frame, 'after'>, { who, owner, addr }: Subject): Id {
  if (who === 'cpu') return list<VmaRecord>(after, 'vma').find(([, vma]) => vma.task === owner && vma.start <= addr && addr < vma.end)?.[0] ?? owner
  const covers = (gem: GemRecord): boolean => {
    const at = placeOf(who, gem)
    return at !== null && at <= addr && addr < at + gem.sizeBytes
  }
  return list<GemRecord>(after, 'gem').find(([, gem]) => covers(gem))?.[0] ?? owner
}
