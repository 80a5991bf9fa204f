/**
 * Shelf helpers for `variants/`: a part is a named change of the blueprint on one axis; a variant is a choice of parts with
 * a story. Any other combination of parts can be chosen too.
 */
import type { UserFunction } from '../userspace/function.ts'
import type { Blueprint } from './blueprint.ts'

/** In the order in which they change the blueprint. */
export const AXES = ['kernel', 'platform', 'exporter', 'importer', 'flags', 'path', 'sync'] as const
export type Axis = (typeof AXES)[number]

export interface Part {
  readonly axis: Axis
  /** `K52`, `rk3399`, `E3`, `F0`. */
  readonly id: string
  readonly title: string
  /** For a colleague: what it is and why it matters. */
  readonly why: string
  readonly change: (b: Blueprint) => Blueprint
  /** What this choice leaves out of reality, said on the page. */
  readonly leavesOut?: string
  /** Its place in the menu; absent: as the shelf is read. */
  readonly place?: number
}
export const part = (spec: Part): Part => spec

/** Under which heading of the menu a variant stands, in the order of the headings. */
export const GROUPS = ['The story', 'The same, other flags', 'Other drivers', 'Other exporters', 'Mistakes and limits', 'Ways around'] as const

/** Where it can be read: a commit, a mail, a release note; `version` says which state of the code that is. */
export interface Source { readonly title: string; readonly version: string; readonly url: string }

export interface Variant {
  /** `V4`. */
  readonly number: string
  /** `fd-map-read-only`. */
  readonly id: string
  readonly title: string
  readonly why: string
  /** Absent: the last heading. */
  readonly group?: (typeof GROUPS)[number]
  /** Who proposed it or uses it. */
  readonly who: string
  /** Where it ran: a release, a tree, a program. */
  readonly where: string
  /** Since when, and until when; without an end it still is so. */
  readonly from?: string
  readonly until?: string
  readonly sources?: readonly Source[]
  /** Export flags, map path, kernel and importer; the exporter and CPU access where it is about those. */
  readonly parts: { readonly flags: string; readonly path: string; readonly kernel: string; readonly importer: string; readonly exporter?: string; readonly sync?: string; readonly platform?: string }
  /** What the export really passes, as it is written in C. */
  readonly shows: string
  /** Objects that stay for ever, by kind, when the story is over; absent: none. */
  readonly leaks?: Readonly<Record<string, number>>
  /** Scenarios in which the menu offers it; absent: all. */
  readonly scenarios?: readonly string[]
  /** The scenario's program with this variant's own lines in it. */
  readonly program?: (text: string, scenario: string) => string
  /** A further change that no part has. */
  readonly change?: (b: Blueprint) => Blueprint
}
export const variant = (spec: Variant): Variant => spec
/** For `change`: functions of Mesa in place of those with the same names. */
export const inMesa = (...functions: readonly UserFunction[]) => (b: Blueprint): Blueprint =>
  ({ ...b, mesa: { ...b.mesa, functions: { ...b.mesa.functions, ...Object.fromEntries(functions.map(fn => [fn.name, fn])) } } })
/** For `program`: one line in place of another. */
export const inProgram = (line: string, by: string) => (text: string): string => text.replace(line, () => by)
export const isVariant = (found: Part | Variant): found is Variant => 'number' in found
