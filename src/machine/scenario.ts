/** Shelf helper for `scenarios/`: a program, and on which devices it runs unless the reader chooses others. */
import { LINE_SIZE } from '../base/brand.ts'
import { sizeOf } from '../userspace/pictures.ts'
import type { Allocation } from './blueprint.ts'
import type { Axis } from './variant.ts'

export interface Scenario {
  readonly id: string
  readonly title: string
  readonly why: string
  /** The program text, the same in all variants: its buffer is a plain one of the display. */
  readonly program: string
  /** The same story for where a buffer comes from, and for who imports it; null: there is none. Absent: there is only the plain one, which asks no driver for anything of its own. */
  readonly programFrom?: (allocation: Allocation, importer: string) => string | null
  /** The same story with a buffer of so many cache lines, small enough that all that may happen can be gone through; absent: there is no small one. */
  readonly small?: (allocation: Allocation, lines: number) => string | null
  /** Choices where neither the reader nor the variant says anything. */
  readonly defaults: Readonly<Partial<Record<Axis, string>>>
  /** The hazard whose own program it is: `H9`. */
  readonly hazard?: string
  /** Decisions of the scheduler that the story is about; a recipe may have its own. */
  readonly picks?: readonly number[]
  /** The picture that device readers and the display should see in the end, once it could be drawn; null: none is looked at. */
  readonly picture: string | null
  /** Thousands of pages: tests that play every scenario under every variant leave it to a test of its own. */
  readonly large?: true
}
export const scenario = (spec: Scenario): Scenario => spec

/** A scenario's text for a way to a buffer and an importer, of so many cache lines if that is said and it has such a text; null: it has none. */
export function programOf(spec: Scenario, allocation: Allocation, importer: string, lines?: number): string | null {
  const small = lines === undefined ? undefined : spec.small?.(allocation, lines)
  if (small) return small
  if (spec.programFrom) return spec.programFrom(allocation, importer)
  return allocation.way === 'dumb' ? spec.program : null
}

/** How many bytes of its picture a run draws. */
export const pictureBytes = (spec: Scenario, lines?: number): number => (lines === undefined || !spec.small ? sizeOf(spec.picture) : lines * LINE_SIZE)
