/** Which benches a slide shows. Two have room to be read from the last row: of more, the first and one that goes another way. */
import type { Divergence } from '../../journal/divergence.ts'

/** `only`: the bench that has the slide alone. Over a whole talk the pair is the same. */
export function onSlide(count: number, only: number | null, marks: readonly Divergence[]): readonly number[] {
  if (only !== null) return [only]
  if (count <= 2) return Array.from({ length: count }, (_, bench) => bench)
  const other = marks.find(({ kind }) => kind === 'first')?.sides.findIndex((side) => side !== 0) ?? -1
  return [0, other > 0 ? other : 1]
}
