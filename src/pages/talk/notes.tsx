/** What a speaker may want to say at a step and the slide does not: the whole caption, the story's words, what watchers and quirks tell. */
import type { ReactNode } from 'react'
import { captionsAt } from '../../app/captions.ts'
import { leadOf } from '../../app/differences.ts'
import type { Shown } from '../../app/frames.ts'
import { benchNames } from '../../app/names.ts'
import type { State } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { storyOf } from '../../chapters/stories.ts'
import { captionOf, castOf, namesIn } from '../../journal/say.ts'
import { inShortOf } from '../compare/in-short.ts'
import { oddAt, seenAt } from '../compare/quirks.tsx'
import { Rich } from '../compare/rich.tsx'
import { SENTENCES } from './sentences.ts'
import { stopsOf, type Runs } from './stops.ts'

export interface Note { readonly from: string; readonly text: ReactNode }

type Now = Runs & Pick<State, 'at'>

/** Landmarks from this stop on, before the next one. */
function beatsAt(now: Now): Note[] {
  const { benches, rows, at } = now
  const next = stopsOf(now).find((stop) => stop > at) ?? rows.length + 1
  const story = storyOf(benches[0]!.recipe.scenario)
  const names = at === 0 ? [null] : rows.slice(at - 1, next - 1).flatMap(({ landmark }) => landmark ?? [])
  return names.flatMap((name) => story?.beats.filter((beat) => beat.at === name).map(({ text }) => ({ from: name ?? story.title, text })) ?? [])
}

export function notesOf(now: Now, shown: readonly (Shown | null)[], says: Readonly<Record<string, string>>): Note[] {
  const { benches, rows, marks, at } = now
  const key = rows[at - 1]?.key ?? ''
  const texts = at === 0 ? [] : captionsAt(shown, benches, key, says)
  const same = texts.every((text) => text === texts[0])
  const mark = marks.find(({ row }) => row === at - 1)
  const names = benchNames(benches.map(({ recipe }) => recipe))
  const each = benches.flatMap((bench, i): Note[] => [
    ...seenAt(bench, shown[i]).map(({ known, title, text }) => ({ from: fill(SENTENCES.fromHazard, { bench: names[i]!, known }), text: `${title}. ${namesIn(text, shown[i] ? [castOf(shown[i].journal)] : [])}` })),
    ...oddAt(bench, shown[i]).map(({ title, text }) => ({ from: fill(SENTENCES.fromQuirk, { bench: names[i]! }), text: `${title}. ${text}` })),
  ])
  const first = shown[0]
  const ids = first?.step ? Object.values(first.step.fields).filter((value) => typeof value === 'string') : []
  const drivers = first ? inShortOf(ids, first.journal.header, [first.after, castOf(first.journal)]) : []
  return [
    ...(mark ? [{ from: mark.kind === 'first' ? 'They differ here' : 'Seed of the difference', text: leadOf(mark, benches, key) }] : []),
    ...(same ? texts.slice(0, 1) : texts).map((text, i) => ({ from: same ? 'What happens' : names[i]!, text: <Rich text={text} /> })),
    ...beatsAt(now),
    ...each,
    ...drivers.map(({ who, as, text }) => ({ from: who ?? as, text })),
  ]
}

/** The sentences of the next stop, before it is shown; empty at the end. */
export function nextOf(now: Now, says: Readonly<Record<string, string>>): Note[] {
  const { benches, rows, at } = now
  const next = stopsOf(now).find((stop) => stop > at)
  if (next === undefined) return []
  const names = benchNames(benches.map(({ recipe }) => recipe))
  const told = benches.map(({ run }, bench) => {
    const seq = rows[next - 1]!.seqs[bench]
    return { from: names[bench]!, text: run && seq !== null && seq !== undefined ? captionOf(run.journal.steps[seq]!, says, run.journal) : 'does not do this' }
  })
  const same = told.every(({ text }) => text === told[0]!.text)
  const landmark = rows[next - 1]!.landmark
  const beat = same && landmark !== null ? storyOf(benches[0]!.recipe.scenario)?.beats.find(({ at: place }) => place === landmark) : undefined
  // A mark of the program that is gone to says what its story says, as the slide will.
  if (beat) return [{ from: '', text: beat.text }]
  return (same ? [{ from: '', text: told[0]!.text }] : told).map(({ from, text }) => ({ from, text: <Rich text={text} /> }))
}
