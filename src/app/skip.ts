/** Leaving a call of the program out: the run forks, and the original stays beside it, on the left, while there is a place. */
import { fill } from '../base/fill.ts'
import { partsOf } from '../journal/leave-out.ts'
import type { Recipe } from '../journal/run.ts'
import { bringDifferences, differences } from './differences-later.ts'
import { callOf } from './names.ts'
import { choose } from './open.ts'
import { areSame } from './recipes.ts'
import { SENTENCES } from './sentences.ts'
import { notifyBriefly, state } from './store.ts'

const NONE: readonly string[] = []
export const skipsOf = ({ skip }: Recipe): readonly string[] => skip ?? NONE

function leaving(recipe: Recipe, keys: readonly string[]): Recipe {
  const { skip: _, ...whole } = recipe
  return keys.length > 0 ? { ...whole, skip: keys } : whole
}

/** The recipes with a call of a bench's program left out, or made again. A fork that stands beside its original takes what is asked of either. */
export function toggled(recipes: readonly Recipe[], edits: readonly (readonly Recipe[])[], key: string, bench: number): readonly Recipe[] {
  const original = leaving(recipes[bench]!, NONE)
  const forked = skipsOf(recipes[bench]!).length > 0 ? bench : recipes.findIndex((each) => skipsOf(each).length > 0 && areSame(leaving(each, NONE), original))
  const had = forked < 0 ? NONE : skipsOf(recipes[forked]!)
  const keys = had.includes(key) ? had.filter((each) => each !== key) : [...had, key]
  if (differences && recipes.length > 2) return differences.forkedAmong(recipes, forked < 0 ? bench : forked, forked >= 0, original, keys.length > 0 ? leaving(original, keys) : null)
  if (keys.length > 0) return [original, leaving(original, keys)]
  // What stood side by side before anything was left out; where that is not known, the whole run in place of the fork, and not twice.
  const before = edits.findLast((each) => each.every(({ skip }) => skip === undefined) && each.some((recipe) => areSame(recipe, original)))
  const put = recipes.map((each, i) => (i === forked ? original : each))
  return before ?? (put.every((each) => areSame(each, original)) ? [original] : put)
}

/** Leaves a call of a bench's program out, or makes it again. */
export function toggleSkip(key: string, bench: number): void {
  const { benches, edits } = state()
  const recipes = toggled(benches.map(({ recipe }) => recipe), edits, key, bench)
  choose(recipes)
  const fork = recipes.find((recipe) => skipsOf(recipe).includes(key))
  // Its words come with those for the differences that it makes.
  void bringDifferences().then(() => differences && notifyBriefly(differences.skipSaid(recipes, fork, key)))
}

/** The call that a key or button means: the selected one, or that of the step shown, or the last one before a landmark. */
export function callHere({ selected, rows, at } = state()): string | null {
  return callOf(selected) ?? rows.slice(0, at).findLast(({ key }) => key !== '')?.key ?? null
}

/** Leaves the call here out, or makes it again: of the bench that is alone, or of the first one that makes it. */
export function skipHere(): void {
  const { focus, bench, benches } = state()
  const key = callHere()
  if (key === null) return notifyBriefly('No call has been made yet. Take a step, or click a line of a program.')
  const makes = benches.findIndex(({ run }) => run?.journal.steps.some((step) => step.call === key && step.event === 'call.enter'))
  toggleSkip(key, focus ?? (bench > 0 ? bench : Math.max(0, makes)))
}

/** The line of a call, as the listing shows it: `client, line 7` and its text, or what is inside it. */
export function lineOf(bench: number, wanted: string): { readonly where: string; readonly text: string } | null {
  const { line: key, inner } = partsOf(wanted)
  for (const { process, lines } of state().benches[bench]?.run?.journal.header.listing ?? []) {
    const at = lines.findIndex((line) => line.key === key)
    if (at >= 0) return { where: fill(SENTENCES.lineOf, { process, line: at + 1 }), text: inner ?? lines[at]!.text.trim() }
  }
  return null
}
