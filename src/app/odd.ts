/** What a link asked for and could not have, in words. A good link needs none, so they come when one is odd. */
import { fill, type Holes } from '../base/fill.ts'
import { SENTENCES } from './sentences-link.ts'

type Sentences = typeof SENTENCES
/** A sentence by its name, and what stands in its holes. */
export type Odd = { [N in keyof Sentences]: readonly [name: N, values: Readonly<Record<Holes<Sentences[N]>, string | number>>] }[keyof Sentences]

/** Each once, however many benches it is said of. */
export const textsOf = (odd: readonly Odd[]): string[] => [...new Set(odd.map(([name, values]) => fill<string>(SENTENCES[name], values)))]
