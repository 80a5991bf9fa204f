/** The journal in pieces: steps as clones, all their words in one buffer that is handed over instead of copied. */
import type { Step } from '../journal/step.ts'

export const PIECE = 500

/** The same steps with their words in one fresh buffer; the world keeps its own. */
export function packed(steps: readonly Step[]): { readonly steps: readonly Step[]; readonly buffer: ArrayBuffer } {
  let count = 0
  for (const step of steps) for (const { from } of step.words) count += 2 * from.length
  const all = new Uint32Array(count)
  let at = 0
  const place = (words: Uint32Array): Uint32Array => {
    const view = all.subarray(at, at + words.length)
    view.set(words)
    at += words.length
    return view
  }
  return { steps: steps.map(step => (step.words.length === 0 ? step : { ...step, words: step.words.map(w => ({ ...w, from: place(w.from), to: place(w.to) })) })), buffer: all.buffer }
}
