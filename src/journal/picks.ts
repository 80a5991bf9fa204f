/** Decisions of a run as a short text for links and commands: only those that are not 0, each with its place. `12:3.40:1`: the 13th is 3, the 41st is 1. */
const LONGEST = 20_000

/** Empty when every decision is 0. */
export const picksText = (picks: readonly number[]): string => picks.flatMap((pick, at) => (pick === 0 ? [] : [`${at}:${pick}`])).join('.')

/** null: it cannot be read. */
export function readPicks(text: string): number[] | null {
  const picks: number[] = []
  if (text === '') return picks
  for (const part of text.split('.')) {
    const found = /^(\d{1,5}):(\d{1,5})$/.exec(part)
    if (!found || Number(found[1]) < picks.length || Number(found[1]) > LONGEST) return null
    while (picks.length < Number(found[1])) picks.push(0)
    picks.push(Number(found[2]))
  }
  return picks
}
