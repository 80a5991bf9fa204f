/** What is drawn from close: the first picture does without it, so it comes with the scenes that come later (shelf.ts). */
import type { ComponentType } from 'react'
import type { Box } from '../places.ts'
import type { ObjectProps } from '../object.ts'

export interface NearObjects {
  /** Whether a box of this size has room for fields, from so near. */
  readonly hasFields: (box: Box, near: number) => boolean
  readonly NearObject: ComponentType<ObjectProps & { readonly near: number }>
}

/** null before it has come. */
export let nearObjects: NearObjects | null = null
export const bringNear = (it: NearObjects): void => void (nearObjects = it)
