/** What benches, variants and calls are called, wherever they are named. */
import { fill } from '../base/fill.ts'
import { partsOf } from '../journal/leave-out.ts'
import type { Catalog, Recipe, VariantChoice } from '../journal/run.ts'
import { SENTENCES } from './sentences.ts'

/** A selected call is called `call:B.7`. */
const CALL = 'call:'
/** The key of a selected call; null: something else is selected. */
export const callOf = (id: string | null): string | null => (id?.startsWith(CALL) ? id.slice(CALL.length) : null)

/** `B.8 SYNC` for a call inside a line. */
export function shortKey(key: string): string {
  const { line, inner } = partsOf(key)
  return inner === null ? line : `${line} ${inner.replace(/^(DMA_BUF_IOCTL_|DRM_IOCTL_)/, '')}`
}

/** `V5 without B.7`, `V5 as found`: benches of one variant are told apart by what they leave out, and by whether a search found them. */
export function benchName({ variant, skip = [], mode }: Recipe, free = 'free'): string {
  const plain = variant || free
  const name = skip.length > 0 ? fill(SENTENCES.without, { name: plain, calls: skip.map(shortKey).join(', ') }) : plain
  return mode === 'explore' ? fill(SENTENCES.found, { name }) : name
}

/** The names of benches that stand side by side: no two are the same. */
export function benchNames(recipes: readonly Recipe[]): string[] {
  const names = recipes.map((recipe) => benchName(recipe))
  return names.map((name, i) => (names.indexOf(name) === names.lastIndexOf(name) ? name : fill(SENTENCES.nth, { name, number: i + 1 })))
}

/** The same where of two each has a side of its own, which tells them apart. */
export const namesBeside = (recipes: readonly Recipe[]): string[] => (recipes.length > 2 ? benchNames(recipes) : recipes.map((recipe) => benchName(recipe)))

/** A recipe names its variant by number or by id. */
export const variantOf = (catalog: Catalog | null, { variant }: Pick<Recipe, 'variant'>): VariantChoice | undefined =>
  catalog?.variants.find(({ number, id }) => number === variant || id === variant)
