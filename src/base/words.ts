/** Sentences of which the page's first worker, where nothing goes wrong, comes without: who fetches the rest brings the words as well. */
import { fill, type Holes } from './fill.ts'

type Table = Readonly<Record<string, string>>
/** What stands in the holes of a sentence; nothing where it has none. */
export type Values<T extends string> = [Holes<T>] extends [never] ? [] : [Readonly<Record<Holes<T>, string | number>>]

export interface Words<T extends Table> {
  bring(all: T): void
  /** '' until they have been brought. */
  say<N extends keyof T & string>(name: N, ...values: Values<T[N]>): string
}

export function words<T extends Table>(now: T | null): Words<T> {
  let table: Table = now ?? {}
  return {
    bring(all) { table = all },
    say: (name, ...[values = {}]) => fill<string>(table[name] ?? '', values),
  }
}
