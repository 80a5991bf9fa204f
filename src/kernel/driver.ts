/** Shelf helper: one driver, one file in `drivers/`. A driver is a table of hooks per kernel release, chosen once at boot. */
import type { DriverHooks } from './hooks.ts'
export type { DriverHooks } from './hooks.ts'

/** How a driver stands in a menu: as what it can be chosen, and what that choice leaves out. */
export interface Offer {
  /** `E3`. */
  readonly id: string
  readonly title: string
  readonly why: string
  readonly leavesOut?: string
}

export interface Driver {
  readonly name: string
  /** One line for the inspector: what it does on mmap of an import and on SYNC. */
  readonly inShort: string
  /** Its buffers can be chosen as an exporter kind. */
  readonly exporter?: Offer
  /** It can be chosen as the importer; its name stands for it there. */
  readonly importer?: Omit<Offer, 'id'>
  /** Hook tables by release; a release without an entry takes the next older one. */
  readonly releases: Readonly<Record<string, DriverHooks>>
}
export const driver = (spec: Driver): Driver => spec

/** The hook table of a release (`5.2`, `6.1`, `6.19`). */
export function hooksFor(spec: Driver, release: string): DriverHooks {
  const order = Object.keys(spec.releases).sort(compareReleases)
  const found = order.filter(r => compareReleases(r, release) <= 0).at(-1) ?? order[0]!
  return spec.releases[found]!
}

export function compareReleases(a: string, b: string): number {
  const [a1 = 0, a2 = 0] = a.split('.').map(Number)
  const [b1 = 0, b2 = 0] = b.split('.').map(Number)
  return a1 - b1 || a2 - b2
}
