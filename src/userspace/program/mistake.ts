/** A mistake in a program text: what, where, and what to do about it. */
import { words } from '../../base/words.ts'
import type { Place } from './ast.ts'
import { SENTENCES } from './sentences.ts'

/** What is said of programs. The page's first worker reads one alone, in which nothing is wrong. */
export const { bring: bringMistakes, say } = words<typeof SENTENCES>(import.meta.env.SSR ? SENTENCES : null)

export class Mistake extends Error {
  readonly remedy: string
  readonly at: Place
  constructor(message: string, remedy: string, at: Place) {
    super(message)
    this.remedy = remedy
    this.at = at
  }
}

/** The known word that is nearest to a misspelt one; null when none is near. */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null
  let bestDistance = Math.min(Math.max(2, Math.floor(word.length / 3)), word.length - 1) + 1
  for (const candidate of known) {
    const d = distance(word.toLowerCase(), candidate.toLowerCase(), bestDistance)
    if (d < bestDistance) {
      best = candidate
      bestDistance = d
    }
  }
  return best
}

export function didYouMean(word: string, known: Iterable<string>): string {
  const list = [...known]
  const near = nearest(word, list)
  if (near !== null) return say('didYouMean', { name: near })
  return list.length > 0 && list.length <= 12 ? say('chooseOne', { names: list.join(', ') }) : say('lookUp')
}

/** Edits from one word to the other (insert, remove, replace, swap), or `limit` when there are at least that many. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      let d = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2]! + 1)
      row.push(d)
    }
    before = above
    above = row
  }
  return Math.min(above[b.length]!, limit)
}
