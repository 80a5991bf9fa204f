/** A GPU job as a program writes it, and what a winsys makes of it: a list of buffers, and ranges of addresses. */

/** A part of a GPU job: a buffer by its handle, or an address; `uses` only names a buffer. */
export interface SubmitPart { readonly op: 'read' | 'write' | 'uses'; readonly handle: number | null; readonly gpuVa: number; readonly sizeBytes: number; readonly pattern: string | null }

/** The buffers that a job touches, each once, and how. */
export function buffersOf(parts: readonly SubmitPart[]): readonly { readonly handle: number; readonly write: boolean }[] {
  const handles = [...new Set(parts.flatMap(({ handle }) => (handle === null ? [] : [handle])))]
  return handles.map(handle => ({ handle, write: parts.some(part => part.handle === handle && part.op !== 'read') }))
}
/** The ranges that it reads and writes, by GPU address. */
export const rangesOf = (parts: readonly SubmitPart[]): readonly Readonly<Record<string, unknown>>[] =>
  parts.filter(({ op }) => op !== 'uses').map(({ op, gpuVa, sizeBytes, pattern }) => ({ op, gpuVa, sizeBytes, pattern }))
