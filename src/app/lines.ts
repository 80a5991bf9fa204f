/** The runs as text, a line per stop: what search looks through and the text twin shows. */
import type { Row } from '../journal/align.ts'
import { captionOf, plainText } from '../journal/say.ts'
import type { Bench } from './store.ts'

export interface Line {
  /** Step number, from 1. */
  readonly at: number
  readonly key: string
  readonly process: string
  /** The program line, where this is its first stop. */
  readonly call: string | null
  /** Per bench; null where it does not do this. */
  readonly texts: readonly (string | null)[]
  /** Lower case, for search. */
  readonly plain: string
}

export function lines(rows: readonly Row[], benches: readonly Bench[], says: Readonly<Record<string, string>>): Line[] {
  const calls = new Map(benches.flatMap(({ run }) => run?.journal.header.listing.flatMap(({ lines }) => lines.map((line) => [line.key, line.text.trim()] as const)) ?? []))
  return rows.map((row, i) => {
    const texts = row.seqs.map((seq, bench) => {
      const journal = benches[bench]?.run?.journal
      return seq === null || !journal ? null : captionOf(journal.steps[seq]!, says, journal)
    })
    const opens = i === 0 || rows[i - 1]!.key !== row.key
    const call = calls.get(row.key) ?? null
    return { at: i + 1, key: row.key, process: row.process, call: opens ? call : null, texts, plain: plainText([row.landmark ?? '', call ?? '', ...texts.map((text) => text ?? '')].join(' ')).toLowerCase() }
  })
}
