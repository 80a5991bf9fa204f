/**
 * Shelf helper for `variants/platforms/`: a machine as data. What follows from it, the hardware and the kernel work out; nobody asks
 * which machine it is.
 */
import type { CoherencyClass, Platform } from '../hardware/hardware.ts'
import type { Board } from '../journal/board.ts'
import type { Blueprint } from './blueprint.ts'
import { part, type Part } from './variant.ts'
export { maliFeatures } from '../hardware/mali-features.ts'

/** How the CPU and the way to memory behave, where a machine does not say otherwise. */
const ARM = {
  ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: false, cores: 2,
} as const satisfies Partial<Platform>

export interface Preset extends Partial<Omit<Platform, 'id' | 'title' | 'cls'>> {
  /** `rk3399`: stands in links. */
  readonly id: string
  readonly title: string
  /** As if to a colleague: what is to be seen on it. */
  readonly why: string
  /** Its place in the menu; the first one is what is taken when nobody says anything. */
  readonly place: number
  /** How the GPU is wired. */
  readonly cls: CoherencyClass
  readonly dramBase: number
  readonly leavesOut: string
  /** IOMMUs, by the names of devices: the kernel's driver of each. */
  readonly iommus?: Blueprint['iommus']
  readonly board: Board
}

/** Only some of the cores work: programs here are that small. Sizes of caches are told and change no result. */
export function preset({ why, place, iommus, ...spec }: Preset): Part {
  const platform: Platform = { ...ARM, devCls: {}, dtCoherent: {}, walkCoherent: spec.cls !== 'NC', ...spec }
  return { ...part({ axis: 'platform', id: spec.id, title: spec.title, why, change: b => ({ ...b, platform, ...(iommus && { iommus }) }) }), place }
}
