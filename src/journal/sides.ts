/** The benches that go together at a difference. How sides are said of more than two benches is in sides-of-many.ts, which the opening story does without. */

/** Per bench the number of its side; the first bench is on side 0. */
export type Sides = readonly number[]

export function sidesOf(told: readonly string[]): Sides {
  const seen = [...new Set(told)]
  return told.map(each => seen.indexOf(each))
}

/** Sides that are parted further by what was told. */
export const partedBy = (sides: Sides, told: Sides): Sides => sidesOf(sides.map((side, bench) => `${side} ${told[bench]}`))

/** How sides are said. */
export interface SideWords {
  /** A label per bench, as a list of sides. Sides that share a label are told apart by `otherwise`. */
  each(labels: readonly string[], sides: Sides, otherwise?: string): string
  /** The benches that are other than most; of two '', as neither is. */
  odd(sides: Sides): string
}

/** `EACCES | ok`. */
export const TWO: SideWords = { each: labels => labels.join(' | '), odd: () => '' }
