/**
 * Whose tables a translation came from, and where the entries lie by which a device finds a buffer.
 * Leaves out: entries that wait in a write-combine buffer, which no driver leaves there; several devices that share one TLB.
 */
import { equal, u64 } from '../base/bits.ts'
import { LINE_SIZE, LINES_PER_PAGE, PAGE_SIZE } from '../base/brand.ts'
import type { OfTlb } from '../hardware/by-itself.ts'
import type { Platform } from '../hardware/hardware.ts'
import { CPU_LINE, DIRTY, TLB_AREAS, TLB_ENTRIES, TLB_ENTRY_WORDS, tlbPage } from '../journal/areas.ts'
import { walkerTables, type Wiring } from '../journal/tables.ts'
import type { Id } from '../journal/vocabulary.ts'
import { entryIn, leafForPage, walk } from '../journal/walk.ts'
import type { World } from '../world/world.ts'

const wiringOf = ({ cls, cpuTables }: Platform): Wiring => ({ hardware: { cls, ...(cpuTables && { cpuTables: cpuTables.format.id }) } })

/** Who may have asked for a translation. */
function ownersOf(world: World, { agent, slot }: OfTlb): readonly Id[] {
  if (agent !== 'cpu') return [...(agent === 'gpu' ? world.ids('gpu_mmu') : []), ...world.ids('io_table')]
  const space = world.word(TLB_AREAS.cpu, slot * TLB_ENTRY_WORDS + 1)
  return world.ids('task').filter(id => world.get(id).asid === space)
}

/**
 * Whether a walk would find just what a TLB remembers, so that it may as well be forgotten later: not so when the TLB is full, because then
 * what it forgets is room for another.
 */
export function isRemembered(world: World, platform: Platform, event: OfTlb): boolean {
  const { agent, slot } = event
  const words = world.words[TLB_AREAS[agent]]!
  const at = slot * TLB_ENTRY_WORDS
  const addr = tlbPage(words, at) * PAGE_SIZE
  const entry = u64(words[at + 5]!, words[at + 4]!)
  const free = Array.from({ length: TLB_ENTRIES }, (_, i) => words[i * TLB_ENTRY_WORDS]).includes(0)
  return free && ownersOf(world, event).some(owner => {
    const tables = walkerTables(wiringOf(platform), world, { who: agent, owner })
    if (tables?.area !== TLB_AREAS[agent]) return false
    const { format, root, snoops } = tables
    const leaf = leafForPage(format, walk(format, root, addr, from => entryIn(world, platform.dramBase / PAGE_SIZE, from, snoops ? 'cpu' : 'memory', format.entryBytes)), addr)
    return leaf !== undefined && equal(leaf, entry)
  })
}

interface Place { readonly owner: Id; readonly addr: number; readonly sizeBytes: number }
/** Ranges of addresses of a device that lead to buffers, for each of its tables. */
function placesOf(world: World): readonly Place[] {
  const gems = world.ids('gem').map(id => world.get(id))
  const onDevices = [...world.ids('gpu_mmu'), ...world.ids('io_table')].flatMap((owner): Place[] =>
    gems.flatMap(({ device, gpuVa, sizeBytes }) => (device === world.get(owner).device && gpuVa !== null ? [{ owner, addr: gpuVa, sizeBytes }] : [])))
  return [...onDevices, ...world.ids('io_table').flatMap(owner => world.get(owner).iovas.map(({ addr, sizeBytes }): Place => ({ owner, addr, sizeBytes })))]
}

/**
 * Lines of tables that are dirty in the CPU's cache while their walker does not look there, on the way to the first lines of a buffer, where
 * the walker would find something else if they left. (A mark that the driver keeps in an entry for itself is nothing to the walker.)
 */
export function unseenTableLines(world: World, platform: Platform, most: number): number[] {
  const found = new Set<number>()
  const firstPfn = platform.dramBase / PAGE_SIZE
  for (const { owner, addr, sizeBytes } of placesOf(world)) {
    const tables = walkerTables(wiringOf(platform), world, { who: 'gpu', owner })
    if (!tables || tables.snoops) continue
    const { format, root } = tables
    const end = addr + Math.min(sizeBytes, Math.ceil(most / LINES_PER_PAGE) * PAGE_SIZE)
    // Neighbouring entries share a line.
    const span = (LINE_SIZE / format.entryBytes) * PAGE_SIZE
    for (let from = addr; from < end; from += span - (from % span)) {
      const [meant, seen] = (['cpu', 'memory'] as const).map(by => walk(format, root, from, at => entryIn(world, firstPfn, at, by, format.entryBytes)))
      if (meant!.phys === seen!.phys) continue
      for (const { at } of meant!.steps) {
        const line = Math.floor((at - platform.dramBase) / LINE_SIZE)
        if (world.words[CPU_LINE]?.[line] === DIRTY) found.add(line)
      }
    }
  }
  return [...found]
}
