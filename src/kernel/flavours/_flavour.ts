/** Shelf helper: a kernel that can be chosen, one file in this folder: a full choice of the replaceable functions. */
import type { KernelParts } from '../parts.ts'

export interface Flavour { readonly name: string; readonly parts: KernelParts }
export const flavour = (name: string, parts: KernelParts): Flavour => ({ name, parts })
