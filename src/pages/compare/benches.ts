/** More benches, and fewer. */
import { MOST_BENCHES } from '../../app/address.ts'
import { choose } from '../../app/open.ts'
import { patch, state } from '../../app/store.ts'
import { asVariant } from './choose.ts'

/** One more bench on the right: a variant on what the first bench runs, whole. */
export function addBench(variant: string): void {
  const recipes = state().benches.map(({ recipe }) => recipe)
  if (recipes.length >= MOST_BENCHES) return
  const { skip: _, ...whole } = asVariant(recipes[0]!, variant)
  choose([...recipes, whole])
  patch({ bench: recipes.length, focus: null })
}

/** Takes a bench away; the last one stays. */
export function removeBench(bench: number): void {
  const { benches, bench: shown } = state()
  if (benches.length < 2) return
  choose(benches.flatMap(({ recipe }, i) => (i === bench ? [] : [recipe])))
  patch({ bench: Math.min(shown > bench ? shown - 1 : shown, benches.length - 2), focus: null })
}
