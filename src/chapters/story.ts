/** Shelf helper: a story is told along a scenario on the main page, a few sentences at each of its landmarks. It is part of the first load; chapters are not. */
import type { ReactNode } from 'react'

export interface Beat {
  /** The landmark of the program where this is said; null: before the first step. */
  readonly at: string | null
  readonly text: ReactNode
}
export interface Story {
  readonly title: string
  readonly scenario: string
  readonly beats: readonly Beat[]
}
export const story = (spec: Story): Story => spec
