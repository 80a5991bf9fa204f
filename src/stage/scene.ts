/**
 * A scene: one part of the picture of a bench, on one of its three floors. Same props, same picture: no clock, no store,
 * no measuring. `draw` answers SVG in CSS pixels of the bench, inside `box`, which is the whole floor without its label;
 * scenes of a floor lie over each other in the order of `order` and then of their ids.
 */
import type { ReactNode } from 'react'
import type { Floors } from './floors.ts'
import type { Frame } from './frame.ts'
import type { Box } from './places.ts'

export const FLOORS = ['user', 'kernel', 'hardware'] as const
export type Floor = (typeof FLOORS)[number]

/** What a click or Enter on a drawn object does with its id; null: nothing is selected any more. */
export type Select = (id: string | null) => void

export interface SceneProps {
  readonly frame: Frame
  readonly box: Box
  /** Where all three floors lie, for what crosses from one to another. */
  readonly floors: Floors
  /** A phone: what matters most, large, and nothing else. */
  readonly compact: boolean
  /** The stage is seen so many times larger than as a whole, in whole numbers: what has no room for its words at 1 may have some at 2. Absent: 1. */
  readonly near?: number | undefined
  readonly onSelect?: Select | undefined
}

export interface Scene {
  readonly id: string
  readonly title: string
  readonly floor: Floor
  /** Smaller ones are drawn first, under the others. */
  readonly order?: number
  /** It stands on the line above its floor, and is drawn with the floor on either side. */
  readonly between?: boolean
  readonly draw: (props: SceneProps) => ReactNode
  /**
   * All that the drawing depends on besides run, places and layout: while each of these is the same, it is not drawn again.
   * Snapshots and truth move under a frame, so what is named here are records and values. Absent: every frame is drawn.
   */
  readonly of?: (props: SceneProps) => readonly unknown[]
}

export const scene = (made: Scene): Scene => made
