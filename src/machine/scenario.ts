/** Shelf helper for `scenarios/`: a program, and on which devices it runs unless the reader chooses others. */
import type { Axis } from './variant.ts'

export interface Scenario {
  readonly id: string
  readonly title: string
  readonly why: string
  /** The program text, the same in all variants. */
  readonly program: string
  /** Choices where neither the reader nor the variant says anything. */
  readonly defaults: Readonly<Partial<Record<Axis, string>>>
  /** The picture that device readers and the display should see in the end, once it could be drawn; null: none is looked at. */
  readonly picture: string | null
}
export const scenario = (spec: Scenario): Scenario => spec
