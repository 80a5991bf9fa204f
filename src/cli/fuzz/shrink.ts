/** A shorter program that fails in the same way: pieces are left out, large ones first, as long as that goes. */
import type { Line } from './deck.ts'
import { play, type Case, type Played } from './play.ts'

const MOST_RUNS = 400

export function shrink(found: Case, kind: string, run: (found: Case) => Played = play): Case {
  let runs = 0
  const fails = (one: Case): boolean => ++runs <= MOST_RUNS && run(one).failure?.kind === kind
  let now = found
  const ordered = { ...found, scheduled: true }
  if (!now.scheduled && fails(ordered)) now = ordered
  for (let size = now.lines.length >> 1; size > 0; size >>= 1) {
    for (let again = true; again; ) {
      again = false
      for (let at = now.lines.length - size; at >= 0; at -= size) {
        const lines: readonly Line[] = [...now.lines.slice(0, at), ...now.lines.slice(at + size)]
        if (!fails({ ...now, lines })) continue
        now = { ...now, lines }
        again = size === 1
      }
    }
  }
  return now
}
