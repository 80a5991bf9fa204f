/** Who says what hardware does by itself: the choices, as the menu and the palette offer them. */
import { state } from '../../app/store.ts'
import { MANNER_NAMES } from '../../app/manner.ts'
import { fill } from '../../base/fill.ts'
import type { Recipe } from '../../journal/run.ts'
import { chooseForAll } from './choose.ts'
import type { Command } from './commands.ts'
import { SENTENCES } from './sentences-later.ts'

export interface Manner { readonly id: string; readonly title: string; readonly why: string; readonly part: () => Partial<Recipe> }

const PLAIN = { mode: undefined, seed: undefined, picks: undefined }
/** What two lines of a picture need to part ways, and a search can still go through. */
export const SMALL = 2

const nextSeed = (): number => {
  const { mode, seed = 1 } = state().benches[0]!.recipe
  return mode === 'random' ? seed + 1 : seed
}

export const MANNERS: readonly Manner[] = [
  { id: 'scripted', title: MANNER_NAMES.scripted, why: 'Lines leave a cache or come into one where the program has a line for it, and only there.', part: () => PLAIN },
  { id: 'lazy', title: MANNER_NAMES.lazy, why: 'Nothing moves unless somebody asks for it. Lines of the program that are about this are passed over.', part: () => ({ ...PLAIN, mode: 'lazy' }) },
  { id: 'random', title: MANNER_NAMES.random, why: 'A generator says what moves when, and who goes on next. The same seed gives the same run; choose it again for the next seed.', part: () => ({ ...PLAIN, mode: 'random', seed: nextSeed() }) },
]
export const SIZES: readonly Manner[] = [
  { id: 'small', title: 'a buffer of two cache lines', why: 'The same story, small enough to look at each line, and to go through all its runs.', part: () => ({ lines: SMALL }) },
  { id: 'page', title: 'a buffer of a whole page', why: 'The picture as it is, 64 lines.', part: () => ({ lines: undefined }) },
]

/** A choice for all benches, by its id. */
export const chooseManner = (id: string): void => chooseForAll([...MANNERS, ...SIZES].find((each) => each.id === id)!.part())

export const mannerCommands = (): Command[] => [...MANNERS, ...SIZES].map(({ id, title }) => ({ id: `by itself ${id}`, title: fill(SENTENCES.byItself, { title }), keys: '', run: () => chooseManner(id) }))
