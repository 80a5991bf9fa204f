/** What differs between more than two benches, by their names. */
import { fill } from '../base/fill.ts'
import { listed } from '../base/listed.ts'
import type { SideWords, Sides } from './sides.ts'
import { SENTENCES } from './sentences-later.ts'

interface Side { readonly names: string; readonly size: number; /** Its first bench. */ readonly bench: number }
function named(sides: Sides, names: readonly string[]): Side[] {
  return [...new Set(sides)].map(side => {
    const benches = sides.flatMap((each, bench) => (each === side ? [bench] : []))
    return { names: listed(benches.map(bench => names[bench] ?? '')), size: benches.length, bench: benches[0]! }
  })
}

/** `EACCES in V4 and V9; ok in V5`, and `V7` for who is other than most. */
export const wordsOf = (names: readonly string[]): SideWords => ({
  each(labels, sides, otherwise = 'another way') {
    const seen = new Set<string>()
    return named(sides, names).map(({ names: whose, bench }) => {
      const label = labels[bench]!
      const again = seen.has(label)
      seen.add(label)
      return again ? fill(SENTENCES.sideAgainIn, { label, otherwise, names: whose }) : fill(SENTENCES.sideIn, { label, names: whose })
    }).join('; ')
  },
  odd(sides) {
    const all = named(sides, names)
    const most = all.reduce((a, b) => (b.size > a.size ? b : a))
    return listed(all.filter(side => side !== most).map(side => side.names))
  },
})
