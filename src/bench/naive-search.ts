/**
 * A search as one writes it first, to compare with: every state is a deep copy, and what was seen is known by its whole text. Nothing is
 * left out, no hash can collide, and no way is taken back: what comes out is what the other one must find.
 */
import type { Recipe } from '../journal/run.ts'
import { OF_LINES, INVALID } from '../journal/areas.ts'
import { COUNTERS } from '../kernel/objects.ts'
import type { Run } from '../machine/run.ts'
import { look, NOTHING_SEEN, seenText, type Seen } from '../machine/explore/seen.ts'
import { startRecipe } from '../worker/start-recipe.ts'

/** `texts`: every outcome, in order. `moves`: the steps of a shortest run to each. */
export interface Searched { readonly states: number; readonly transitions: number; readonly texts: readonly string[]; readonly moves: readonly number[]; readonly whole: boolean }

interface State { readonly records: [string, unknown][]; readonly words: Record<string, Uint32Array>; readonly seen: Seen; readonly moves: number }

/** Breadth first, up to so many states. */
export function naiveSearch(recipe: Recipe, most = Infinity): Searched {
  const started = startRecipe({ ...recipe, mode: 'explore' })
  if ('problem' in started) throw new Error(started.problem.message)
  const { run } = started
  const begin = copyOf(run, NOTHING_SEEN, 0)
  const known = new Set([textOf(begin)])
  const queue: State[] = [begin]
  const found = new Map<string, number>()
  let transitions = 0
  for (let next = queue.shift(); next && known.size < most; next = queue.shift()) {
    for (let way = 0, ways = 1; way < ways; way++) {
      load(run, next)
      const candidates = run.candidates()
      if (candidates.length === 0) {
        const text = seenText(next.seen, run.waiting().length > 0)
        if (!found.has(text)) found.set(text, next.moves)
        break
      }
      const all = [...candidates, ...run.byItself()]
      ways = all.length
      run.take(all[way]!)
      transitions++
      const after = copyOf(run, run.world.steps.reduce(look, next.seen), next.moves + 1)
      const text = textOf(after)
      if (known.has(text)) continue
      known.add(text)
      queue.push(after)
    }
  }
  const texts = [...found.keys()].sort()
  return { states: known.size, transitions, texts, moves: texts.map(text => found.get(text)!), whole: queue.length === 0 }
}

const copyOf = ({ world }: Run, seen: Seen, moves: number): State => structuredClone({ records: [...world.records] as [string, unknown][], words: world.words, seen, moves })

/** The world becomes that state. Its journal begins anew: nothing is taken back here. */
function load({ world }: Run, { records, words }: State): void {
  const copy = structuredClone({ records, words })
  world.become(copy.records as never, copy.words)
}

/** All that matters of a state, in an order that depends on nothing else. */
function textOf({ records, words, seen }: State): string {
  const kept = records.map(([id, record]) => [id, Object.entries(record as object).filter(([field, value]) => value !== undefined && !COUNTERS.has(`${id.split(':')[0]}.${field}`)).sort(([a], [b]) => (a < b ? -1 : 1))] as const)
  const areas = Object.entries(words).map(([area, list]) => {
    const of = OF_LINES[area]
    const held = (at: number): boolean => !of || (words[of.lines]?.[Math.floor(at / of.words)] ?? INVALID) !== INVALID
    return [area, [...list].flatMap((word, at) => (word !== 0 && held(at) ? [at, word] : []))] as const
  }).filter(([, list]) => list.length > 0)
  return JSON.stringify([kept.sort(([a], [b]) => (a < b ? -1 : 1)), areas.sort(([a], [b]) => (a < b ? -1 : 1)), seenText(seen)])
}
