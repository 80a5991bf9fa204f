/** The benches that go together at a difference, and how that is said: two as `this | that`, more of them by name. */
import { listed } from '../base/listed.ts'

/** Per bench the number of its side; the first bench is on side 0. */
export type Sides = readonly number[]

export function sidesOf(told: readonly string[]): Sides {
  const seen = [...new Set(told)]
  return told.map(each => seen.indexOf(each))
}

interface Side { readonly names: string; readonly size: number; /** Its first bench. */ readonly bench: number }
function named(sides: Sides, names: readonly string[]): Side[] {
  return [...new Set(sides)].map(side => {
    const benches = sides.flatMap((each, bench) => (each === side ? [bench] : []))
    return { names: listed(benches.map(bench => names[bench]!)), size: benches.length, bench: benches[0]! }
  })
}

/** `EACCES | ok`; of more than two `EACCES in V4 and V9; ok in V5`. A label that two sides share is told apart by `otherwise`. */
export function eachSide(labels: readonly string[], sides: Sides, names: readonly string[], otherwise = 'another way'): string {
  if (sides.length === 2) return labels.join(' | ')
  const seen = new Set<string>()
  return named(sides, names).map(({ names: whose, bench }) => {
    const label = labels[bench]!
    const again = seen.has(label)
    seen.add(label)
    return `${label}${again ? ` (${otherwise})` : ''} in ${whose}`
  }).join('; ')
}

/** What is other than in most: '' for two benches, of which neither is the odd one; else ` in V7`. */
export function inWhich(sides: Sides, names: readonly string[]): string {
  if (sides.length === 2) return ''
  const all = named(sides, names)
  const most = all.reduce((a, b) => (b.size > a.size ? b : a))
  return ` in ${listed(all.filter(side => side !== most).map(side => side.names))}`
}

/** Sides that are parted further by what was told. */
export const partedBy = (sides: Sides, told: Sides): Sides => sidesOf(sides.map((side, bench) => `${side} ${told[bench]}`))
