/**
 * Shelf helpers for `variants/`: a part is a named change of the blueprint on one axis; a variant is a choice of parts with
 * a story. Any other combination of parts can be chosen too.
 */
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
}
export const part = (spec: Part): Part => spec

export interface Variant {
  /** `V4`. */
  readonly number: string
  /** `fd-map-read-only`. */
  readonly id: string
  readonly title: string
  readonly why: string
  readonly who: string
  readonly where: string
  readonly parts: { readonly flags: string; readonly path: string; readonly kernel: string; readonly importer: string }
  /** What the export really passes, as it is written in C. */
  readonly shows: string
  /** Objects that stay for ever, by kind, when the story is over; absent: none. */
  readonly leaks?: Readonly<Record<string, number>>
  /** A further change that no part has. */
  readonly change?: (b: Blueprint) => Blueprint
}
export const variant = (spec: Variant): Variant => spec
export const isVariant = (found: Part | Variant): found is Variant => 'number' in found
