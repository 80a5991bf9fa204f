/**
 * What a step changed, and what each party has of the bytes after it, in words: for who reads the runs instead of looking at them.
 * Leaves out: page tables and TLBs, which the inspector tells; pages of buffers after the first four.
 */
import type { Shown } from '../../app/frames.ts'
import { LINES_PER_PAGE, WORDS_PER_LINE } from '../../base/brand.ts'
import { fill } from '../../base/fill.ts'
import { DIRTY, DISPLAY_SHOWN, INVALID } from '../../journal/areas.ts'
import { copyOf, countOf, wcBuffers, type Holder } from '../../journal/holders.ts'
import { castOf, nameOf } from '../../journal/say.ts'
import type { Change } from '../../journal/step.ts'
import { kindOf } from '../../journal/vocabulary.ts'
import { kernelName, shortValue } from '../../stage/near/fields.ts'
import { SENTENCES } from './facts-sentences.ts'

/** Kinds of which the program, the schedule or the hardware's own pages tell. */
const ELSEWHERE = new Set(['task', 'prog', 'script', 'kernel', 'mailbox', 'letterbox', 'pte', 'gpu_mmu', 'io_table', 'crtc', 'drm_events'])
const MOST_PAGES = 4
const MOST_SIGNS = 60

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** From the stop before to this one, each field once; what came and went in between is left out. */
function changesOf({ journal, since, step }: Shown): Change[] {
  const found = new Map<string, Change>()
  for (const { changes } of step ? journal.steps.slice(since + 1, step.seq + 1) : []) {
    for (const change of changes) {
      if (ELSEWHERE.has(kindOf(change.id))) continue
      const key = `${change.id} ${change.field ?? ''}`
      found.set(key, { ...change, from: found.has(key) ? found.get(key)!.from : change.from })
    }
  }
  return [...found.values()].filter(({ from, to }) => !same(from, to))
}

interface Held { readonly from: string; readonly to: string; readonly slot: string }

function changeText({ id, field, from, to }: Change, { after, before, journal }: Shown): string {
  const name = (of: string): string => nameOf(of, [after, before, castOf(journal)])
  if (field === null) {
    const there = to !== undefined
    if (kindOf(id) !== 'ref') return fill(there ? SENTENCES.comes : SENTENCES.goes, { thing: name(id) })
    const held = (to ?? from) as Held
    return fill(there ? SENTENCES.holds : SENTENCES.letsGo, { holder: name(held.from), thing: name(held.to), slot: held.slot })
  }
  const value = (each: unknown): string => {
    const text = shortValue(field, each, journal.header.firstPfn)
    return text.length > MOST_SIGNS ? `${text.slice(0, MOST_SIGNS - 1)}…` : text
  }
  return fill(SENTENCES.field, { thing: name(id), field: kernelName(kindOf(id), field), from: value(from), to: value(to) })
}

const PARTIES: Readonly<Record<string, string>> = { cpu: 'CPU caches', gpu: 'GPU cache', dram: 'memory' }

function copyText(shown: Shown, holder: Holder, frame: number, page: string): string | null {
  const { state, stale } = copyOf(shown.after, shown.truth, holder, frame)
  const lines = LINES_PER_PAGE - countOf(state, INVALID)
  // A write-combine buffer that holds nothing of the page has nothing to say.
  if (lines === 0 && holder.startsWith('wc.')) return null
  const party = PARTIES[holder] ?? fill(SENTENCES.writeCombine, { core: holder.slice(3) })
  return lines === 0 ? fill(SENTENCES.none, { party, page }) : fill(SENTENCES.copy, { party, page, lines, dirty: countOf(state, DIRTY), stale: countOf(stale) })
}

function shownText({ after, truth }: Shown): string[] {
  const words = after.words[DISPLAY_SHOWN]
  // What was never shown is 0, whether the area is there or not.
  if (!words?.some((word) => word !== 0)) return []
  const lines = Math.min(LINES_PER_PAGE, Math.ceil(words.length / WORDS_PER_LINE))
  const isOld = (line: number): boolean => words.subarray(line * WORDS_PER_LINE, (line + 1) * WORDS_PER_LINE).some((word, i) => word !== (truth.shown[line * WORDS_PER_LINE + i] ?? 0))
  return [fill(SENTENCES.display, { lines, stale: Array.from({ length: lines }, (_, line) => line).filter(isOld).length })]
}

export interface Facts { readonly changes: readonly string[]; readonly bytes: readonly string[] }

/** Of one bench at one stop. */
export function factsOf(shown: Shown): Facts {
  const { truth, after, journal } = shown
  const frames = [...new Set(truth.pages.map(({ frame }) => frame))].slice(0, MOST_PAGES)
  const holders: Holder[] = ['cpu', ...wcBuffers(after), 'gpu', 'dram']
  const page = (frame: number): string => {
    const { owner, index } = truth.pages.find((each) => each.frame === frame)!
    return fill(SENTENCES.page, { index, owner: nameOf(owner, [after, castOf(journal)]) })
  }
  return {
    changes: shown.gap ? [] : changesOf(shown).map((change) => changeText(change, shown)),
    bytes: [...frames.flatMap((frame) => holders.flatMap((holder) => copyText(shown, holder, frame, page(frame)) ?? [])), ...shownText(shown)],
  }
}
