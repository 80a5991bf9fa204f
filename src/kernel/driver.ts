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
  /** Before this release each mmap of an import through its node forgets a reference; `never`: it still does. Absent: it does not. */
  readonly forgetsUntil?: string
  /** Its buffers can be chosen as an exporter kind. */
  readonly exporter?: Offer
  /** It can be chosen as the importer; its name stands for it there. */
  readonly importer?: Omit<Offer, 'id'>
  /** Hook tables by release; a release without an entry takes the next older one. */
  readonly releases: Readonly<Record<string, DriverHooks>>
}
export const driver = (spec: Driver): Driver => spec

/** What holds in a release (`5.2`, `6.1`, `6.19`). */
export function ofRelease<T>(releases: Readonly<Record<string, T>>, release: string): T {
  const wanted = numberOf(release)
  let best = ''
  let at = Infinity
  // The newest that is not newer than the release; where all are, the oldest.
  for (const one in releases) {
    const n = numberOf(one)
    if (at <= wanted ? n <= wanted && n > at : n < at) [best, at] = [one, n]
  }
  return releases[best]!
}
export const hooksFor = ({ releases }: Driver, release: string): DriverHooks => ofRelease(releases, release)

/** Grows with the release: 5.2 before 5.10. */
function numberOf(release: string): number {
  const dot = release.indexOf('.')
  return dot < 0 ? Number(release) * 1000 : Number(release.slice(0, dot)) * 1000 + Number.parseInt(release.slice(dot + 1), 10)
}
export const compareReleases = (a: string, b: string): number => numberOf(a) - numberOf(b)
