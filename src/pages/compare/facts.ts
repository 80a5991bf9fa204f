/**
 * What a step changed, and what each party has of the bytes after it, in words: for who reads the runs instead of looking at them.
 * Leaves out: page tables and TLBs, which the inspector tells; what app/copies.ts leaves out.
 */
import { copiesOf, framesOf, MOST_PAGES, PARTIES, shownOld } from '../../app/copies.ts'
import type { Shown } from '../../app/frames.ts'
import { LINES_PER_PAGE } from '../../base/brand.ts'
import { fill } from '../../base/fill.ts'
import { DIRTY, INVALID } from '../../journal/areas.ts'
import { countOf, type PageCopy } from '../../journal/holders.ts'
import { castOf, nameOf } from '../../journal/say.ts'
import type { Change } from '../../journal/step.ts'
import { kindOf } from '../../journal/vocabulary.ts'
import { kernelName, shortValue } from '../../stage/near/fields.ts'
import { SENTENCES } from './facts-sentences.ts'

/** Kinds of which the program, the schedule or the hardware's own pages tell. */
const ELSEWHERE = new Set(['task', 'prog', 'script', 'kernel', 'mailbox', 'letterbox', 'pte', 'gpu_mmu', 'io_table', 'crtc', 'drm_events'])
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

function copyText({ holder, state, stale }: PageCopy, page: string): string {
  const party = PARTIES[holder] ?? fill(SENTENCES.writeCombine, { core: holder.slice(3) })
  const lines = LINES_PER_PAGE - countOf(state, INVALID)
  return lines === 0 ? fill(SENTENCES.none, { party, page }) : fill(SENTENCES.copy, { party, page, lines, dirty: countOf(state, DIRTY), stale: countOf(stale) })
}

function shownText(shown: Shown): string[] {
  const old = shownOld(shown)
  return old.length === 0 ? [] : [fill(SENTENCES.display, { lines: old.length, stale: old.filter(Boolean).length })]
}

export interface Facts { readonly changes: readonly string[]; readonly bytes: readonly string[] }

/** Of one bench at one stop. */
export function factsOf(shown: Shown): Facts {
  const { truth, after, journal } = shown
  const frames = framesOf(shown).slice(0, MOST_PAGES)
  const page = (frame: number): string => {
    const { owner, index } = truth.pages.find((each) => each.frame === frame)!
    return fill(SENTENCES.page, { index, owner: nameOf(owner, [after, castOf(journal)]) })
  }
  return {
    changes: shown.gap ? [] : changesOf(shown).map((change) => changeText(change, shown)),
    bytes: [...frames.flatMap((frame) => copiesOf(shown, frame).map((copy) => copyText(copy, page(frame)))), ...shownText(shown)],
  }
}
