/** Shelf helper: a chapter is a story told along a scenario, a few sentences at each of its landmarks. */
import type { ReactNode } from 'react'

export interface Beat {
  /** The landmark of the program where this is said; null: before the first step. */
  readonly at: string | null
  readonly text: ReactNode
}
export interface Chapter {
  readonly title: string
  readonly scenario: string
  readonly beats: readonly Beat[]
}
export const chapter = (spec: Chapter): Chapter => spec
