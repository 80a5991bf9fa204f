/**
 * Where a step happens, and whether anything that is drawn changes with it: talk mode enlarges the one floor, and passes over a
 * stop of which nothing is seen. What the step itself did goes before what happened since the stop before.
 */
import { LINES_PER_PAGE, WORDS_PER_PAGE } from '../../base/brand.ts'
import { CPU_DATA, CPU_LINE, DISPLAY_SHOWN, DRAM, GPU_DATA, GPU_LINE, GPU_SEEN } from '../../journal/areas.ts'
import type { Journal } from '../../journal/run.ts'
import { BOUNDARY, type Change, type Step, type WordChange } from '../../journal/step.ts'
import { TruthSeeker } from '../../journal/truth.ts'
import { kindOf } from '../../journal/vocabulary.ts'
import type { Places } from '../places.ts'
import type { Floor } from '../scene.ts'

/** A stop of a run: its step, and the seq of the stop before. */
export interface Told {
  readonly journal: Journal
  readonly step: Step | null
  readonly since: number
  /** The run does not do what the others do here. */
  readonly gap: boolean
}

const PER_PAGE: Readonly<Record<string, number>> = { [DRAM]: WORDS_PER_PAGE, [CPU_DATA]: WORDS_PER_PAGE, [GPU_DATA]: WORDS_PER_PAGE, [CPU_LINE]: LINES_PER_PAGE, [GPU_LINE]: LINES_PER_PAGE }

const known = new WeakMap<Journal, { readonly length: number; readonly frames: ReadonlySet<number> }>()

/** Frames of all buffers that a run ever makes. */
function bufferFrames(journal: Journal): ReadonlySet<number> {
  const { length } = journal.steps
  const found = known.get(journal)
  if (found?.length === length) return found.frames
  const frames = new Set(new TruthSeeker(journal).at(length - 1).pages.map(({ frame }) => frame))
  known.set(journal, { length, frames })
  return frames
}

/** Pixels, in somebody's hands: words of a buffer, what waits to be written, what was shown or read. */
function isPixels({ area, at, to }: WordChange, frames: ReadonlySet<number>): boolean {
  if (area === DISPLAY_SHOWN || area === GPU_SEEN || area.startsWith('wc.')) return true
  const each = PER_PAGE[area]
  if (each === undefined) return false
  for (let frame = Math.floor(at / each); frame * each < at + to.length; frame++) if (frames.has(frame)) return true
  return false
}
const movesPixels = (steps: readonly Step[], frames: ReadonlySet<number>): boolean => steps.some(({ words }) => words.some((each) => isPixels(each, frames)))

/** Fields of a process that its card shows. */
const SHOWN: ReadonlySet<string> = new Set(['fds', 'vmas', 'state', 'ended'])

const isObject = ({ id }: Change, { cells, homes }: Places): boolean => id.startsWith('ref:') || ((cells.has(id) || homes.has(id)) && kindOf(id) !== 'task')
const isShown = (change: Change, places: Places): boolean => isObject(change, places) || (kindOf(change.id) === 'task' && (change.field === null || SHOWN.has(change.field)))

/** A mark of the program closes a part of the story: it is about all since the mark before. */
function opens(journal: Journal, mark: Step): number {
  const before = journal.steps.slice(0, mark.seq).findLast((step) => (step.event as string) === 'landmark')
  return before?.seq ?? journal.header.start - 1
}

const stepsOf = ({ journal, step, since }: Told): readonly Step[] => (step ? journal.steps.slice(since + 1, step.seq + 1) : [])

/** null: nothing happens here. */
export function focusOf(told: Told, places: Places): Floor | null {
  const { journal, step, gap } = told
  if (!step || gap) return null
  const frames = bufferFrames(journal)
  if ((step.event as string) === 'landmark') return movesPixels(journal.steps.slice(opens(journal, step) + 1, step.seq), frames) ? 'hardware' : 'kernel'
  if (movesPixels([step], frames)) return 'hardware'
  if (step.stack.includes(BOUNDARY)) return 'kernel'
  const steps = stepsOf(told)
  if (steps.some(({ changes }) => changes.some((change) => isObject(change, places)))) return 'kernel'
  return movesPixels(steps, frames) || !step.actor.startsWith('task:') ? 'hardware' : 'user'
}

const DEEPEST: readonly Floor[] = ['hardware', 'kernel', 'user']

/** One floor for all benches, or they could not be compared: the deepest that any of them comes to. */
export function floorShown(all: readonly (Told | null)[], places: Places): Floor {
  const found = all.map((told) => told && focusOf(told, places))
  return DEEPEST.find((floor) => found.includes(floor)) ?? 'user'
}

/** Whether the picture changes: a call goes on, an object or a pixel is not as it was. A mark in the program alone is none. */
export function isSeen(told: Told, places: Places): boolean {
  const { journal, step, gap } = told
  if (!step || gap) return false
  const steps = stepsOf(told)
  return step.call !== '' || steps.some(({ changes }) => changes.some((change) => isShown(change, places))) || movesPixels(steps, bufferFrames(journal))
}
