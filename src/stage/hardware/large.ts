/** The drawing of a buffer of more than one page: the first picture does without it, so it comes with the scenes that come later (shelf.ts). */
import type { ComponentType } from 'react'
import type { BufferPage } from '../../journal/buffer-pages.ts'
import type { Frame } from '../frame.ts'
import type { Box } from '../places.ts'
import type { Select } from '../scene.ts'
import type { HardwareLayout } from './layout.ts'
import type { View, Whole } from './view.ts'

/** More pages than these are shown as one picture, a few more can be turned. */
export const MANY_PAGES = 16

export interface Large {
  readonly wholeOf: (frame: Frame, pages: readonly BufferPage[]) => Whole
  readonly WholeParties: ComponentType<{ readonly frame: Frame; readonly layout: HardwareLayout; readonly whole: Whole; readonly onSelect: Select | undefined }>
  readonly LargePanel: ComponentType<{ readonly frame: Frame; readonly box: Box; readonly view: View }>
  readonly Pager: ComponentType<{ readonly x: number; readonly y: number; readonly view: View; readonly onSelect: Select | undefined }>
}

/** null before it has come: then one page is shown. */
export let large: Large | null = null
export const bringLarge = (it: Large): void => void (large = it)
