/**
 * What a run has shown so far to those who look: pictures that the display and the GPU read, values that programs load, calls that fail,
 * references that are lost. Two states that differ in this alone are two, because they do not end alike.
 * Leaves out: in which order different ones looked, and what watchers of hazards would say.
 */
import { hashText, mix } from '../../base/hash.ts'
import { WORDS_PER_LINE } from '../../base/brand.ts'
import { DISPLAY_SHOWN, GPU_SEEN } from '../../journal/areas.ts'
import { is, type Step } from '../../journal/step.ts'
import { pictures, pixels } from '../../userspace/pictures.ts'

export interface Sight { readonly who: string; readonly what: string }

/** All that was seen, and its hash in two lanes: a sum, so that only the order of what one party saw counts. */
export interface Seen { readonly sights: readonly Sight[]; readonly lo: number; readonly hi: number }
export const NOTHING_SEEN: Seen = { sights: [], lo: 0, hi: 0 }

function also(seen: Seen, who: string, what: string): Seen {
  const before = seen.sights.reduce((n, sight) => n + (sight.who === who ? 1 : 0), 0)
  const text = `${who} ${before} ${what}`
  return { sights: [...seen.sights, { who, what }], lo: (seen.lo + mix(hashText(text, 0))) >>> 0, hi: (seen.hi + mix(hashText(text, 1), 1)) >>> 0 }
}

/** What is seen in a step, if anything. */
export function look(seen: Seen, step: Step): Seen {
  if (is(step, 'display.scanout')) return also(seen, 'the display', wordsOf(step, DISPLAY_SHOWN))
  if (is(step, 'job.read')) return also(seen, 'the GPU', wordsOf(step, GPU_SEEN))
  if (is(step, 'ref.lost')) return also(seen, 'lost references', step.fields.to)
  if (is(step, 'fault.oops')) return also(seen, step.actor, 'kernel oops')
  if (!is(step, 'call.leave')) return seen
  const { name, errno, result } = step.fields
  if (errno !== null) return also(seen, step.actor, `${name}: ${errno}`)
  return name === 'load' ? also(seen, step.actor, `${step.call} ${result}`) : seen
}

const wordsOf = (step: Step, area: string): string => step.words.filter(words => words.area === area).map(({ to }) => linesText(to)).join(' + ')

const known = new Map<string, readonly Uint32Array[]>()
const linesOf = (words: Uint32Array): Uint32Array[] => Array.from({ length: Math.ceil(words.length / WORDS_PER_LINE) }, (_, i) => words.subarray(i * WORDS_PER_LINE, (i + 1) * WORDS_PER_LINE))
function pictureLines(name: string, count: number): readonly Uint32Array[] {
  const lines = known.get(name)
  if (lines && lines.length >= count) return lines
  const made = linesOf(pixels(name, count * WORDS_PER_LINE * 4))
  known.set(name, made)
  return made
}

/** A line is named by the picture whose line it is at that place; what is in none is told by its hash. */
function lineText(line: Uint32Array, at: number): string {
  for (const name of Object.keys(pictures)) {
    const same = pictureLines(name, at + 1)[at]!
    if (line.every((word, i) => word === same[i])) return name
  }
  return `#${hashText(line.join()).toString(16)}`
}

/** `day, night`, `61 × day, 3 × night`. */
function linesText(words: Uint32Array): string {
  const runs: [string, number][] = []
  linesOf(words).forEach((line, at) => {
    const text = lineText(line, at)
    const last = runs.at(-1)
    if (last?.[0] === text) last[1]++
    else runs.push([text, 1])
  })
  // What lies behind a small picture was never drawn, and says nothing.
  if (runs.length > 1 && runs.at(-1)![0] === 'black') runs.pop()
  return runs.map(([text, count]) => (count === 1 ? text : `${count} × ${text}`)).join(', ')
}

/** By who saw it, in one text; the same for all orders between them. `stuck`: in the end some wait for ever. */
export function seenText({ sights }: Seen, stuck = false): string {
  const by = new Map<string, string[]>()
  for (const { who, what } of sights) by.set(who, [...(by.get(who) ?? []), what])
  return [...[...by].sort(([a], [b]) => (a < b ? -1 : 1)).map(([who, what]) => `${who}: ${what.join(' → ')}`), ...(stuck ? ['nobody can go on'] : [])].join('; ') || 'nothing is looked at'
}
