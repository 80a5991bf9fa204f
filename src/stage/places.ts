/** Every object's one place, assigned from the union of the journals in order of first appearance; see layout. */
import type { Id } from '../journal/vocabulary.ts'
export interface Box { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
export interface Places { readonly boxes: ReadonlyMap<Id, Box> }
