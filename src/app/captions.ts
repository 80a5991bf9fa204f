/** What is said of a moment: a caption for each bench, and the difference before it. */
import type { Divergence } from '../journal/divergence.ts'
import { captionOf } from '../journal/say.ts'
import type { Shown } from './frames.ts'
import { many } from './many-later.ts'
import { benchNames } from './names.ts'
import { answerOf, refuses, type Bench } from './store.ts'

const NONE = 'does **not do this**: its run has no such step.'
const NOT_REFUSED = 'is **not refused** here: its call answers ok.'

/** Per bench, with `**bold**` and backticks; '' before the first step. `key`: of the row's call. */
export function captionsAt(shown: readonly (Shown | null)[], benches: readonly Bench[], key: string, says: Readonly<Record<string, string>> | undefined): string[] {
  const refused = shown.some((each) => each?.step && !each.gap && refuses(each.step))
  return shown.map((each, i): string => {
    if (!each || !says) return ''
    if (each.gap) return refused && answerOf(benches[i]?.run ?? null, key) === 'ok' ? NOT_REFUSED : NONE
    return each.step ? captionOf(each.step, says, each.journal, each.after, each.before) : ''
  })
}

/** What the difference is, before what each side does. */
export function leadOf(mark: Divergence, benches: readonly Bench[], key: string): string {
  if (mark.kind === 'seed') return `${mark.sentence.charAt(0).toUpperCase()}${mark.sentence.slice(1)}.`
  // Outside of calls nobody answers: what is seen there is the difference.
  if (key === '' && mark.absent.length === 0) return `${mark.short.replace(/^[\w ]+: (.)/, (_, letter: string) => letter.toUpperCase())}.`
  const answers = benches.map((bench) => answerOf(bench.run, key))
  if (benches.length > 2 && many) return many.leadOfMany(mark, answers, benchNames(benches.map(({ recipe }) => recipe)))
  if (answers.includes(null)) return 'Only one of them comes here.'
  return answers.every((answer) => answer === answers[0]) ? 'Same call, another way.' : 'Same call, two answers.'
}
