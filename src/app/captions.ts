/** What is said of a moment: a caption for each bench. */
import { captionOf } from '../journal/say.ts'
import type { Shown } from './frames.ts'
import { answerOf, refuses, type Bench } from './store.ts'

export const NONE = 'does **not do this**: its run has no such step.'
export const NOT_REFUSED = 'is **not refused** here: its call answers ok.'

/** Per bench, with `**bold**` and backticks; '' before the first step. `key`: of the row's call. */
export function captionsAt(shown: readonly (Shown | null)[], benches: readonly Bench[], key: string, says: Readonly<Record<string, string>> | undefined): string[] {
  const refused = shown.some((each) => each?.step && !each.gap && refuses(each.step))
  return shown.map((each, i): string => {
    if (!each || !says) return ''
    if (each.gap) return refused && answerOf(benches[i]?.run ?? null, key) === 'ok' ? NOT_REFUSED : NONE
    return each.step ? captionOf(each.step, says, each.journal, each.after, each.before) : ''
  })
}
