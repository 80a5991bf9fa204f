/** What every drawing of a kernel object is given, and who holds the object. */
import type { AnyRecord } from '../journal/snapshot.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Frame } from './frame.ts'
import { hueOf } from './hue.ts'
import type { Edge } from './references.ts'
import type { SceneProps } from './scene.ts'

export interface ObjectProps extends Pick<SceneProps, 'frame' | 'compact' | 'onSelect'> {
  readonly id: Id
  readonly record: AnyRecord
  /** As it was before the step; absent: it is new. */
  readonly was: AnyRecord | undefined
  /** It went in this step. */
  readonly gone: boolean
  readonly box: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly roomy: boolean
  /** The references to it, and to the file that is drawn as a part of it. */
  readonly edges: readonly Edge[]
  /** Height of the tab docked at its foot. */
  readonly tab: number
}

/** Who holds a thing, in the order the references were taken: one mark for each. */
export const marksOf = (frame: Frame, edges: readonly Edge[], ids: readonly Id[], counter: string) =>
  edges.filter((edge) => edge.counter === counter && ids.includes(edge.to)).map((edge) => ({ hue: hueOf(frame.header, edge.from, frame.after.records.get(edge.from)), lost: edge.lost }))
