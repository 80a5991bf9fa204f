/** What a link asked for and could not have, in words. A good link needs none, so they come when one is odd. */
import { fill, type Holes } from '../base/fill.ts'
import { SENTENCES } from './sentences-link.ts'

type Sentences = typeof SENTENCES
/** A sentence by its name, and what stands in its holes. */
export type Odd = { [N in keyof Sentences]: readonly [name: N, values: Readonly<Record<Holes<Sentences[N]>, string | number>>] }[keyof Sentences]

/** What an axis of a link chooses, where its own name is no noun for one choice. */
const CHOICES: Readonly<Record<string, string>> = { flags: 'set of export flags', path: 'map path', sync: 'way of CPU access' }

const textOf = ([name, values]: Odd): string => fill<string>(SENTENCES[name], 'axis' in values ? { ...values, axis: CHOICES[values.axis] ?? values.axis } : values)

/** Each once, however many benches it is said of. */
export const textsOf = (odd: readonly Odd[]): string[] => [...new Set(odd.map(textOf))]
