/**
 * How a run ended, read from its own journal: the first refusal (unless the picture was drawn all the same), what readers saw, what was forgotten, and what the watchers
 * found. "Works by accident" is a run in which no harm was done and one of ACCIDENTS was seen.
 */
import { WORDS_PER_LINE } from '../base/brand.ts'
import { fill } from '../base/fill.ts'
import { is, type Step } from '../journal/step.ts'
import type { Finding, Verdict } from '../journal/run.ts'
import { applyWords, areaOf, get, MutableSnapshot } from '../journal/snapshot.ts'
import { pixels } from '../userspace/pictures.ts'
import { SENTENCES } from './sentences-later.ts'

/** `ioctl(4, DRM_IOCTL_PANFROST_MMAP_BO, …)` → `MMAP_BO`. */
export function shortCall(name: string, text: string): string {
  const request = name === 'ioctl' ? /^ioctl\([^,]*, (\w+)/.exec(text)?.[1] : undefined
  return request ? request.replace(/^DRM_IOCTL_(PANFROST_|MODE_|PRIME_)?/, '').replace(/^DMA_BUF_IOCTL_/, '') : name
}

interface Failure { readonly call: string; readonly errno: string; readonly at: string; readonly ended: 'refused' | 'aborted' | 'killed' }
const processOf = ({ call }: Failure): string => call.split('.')[0]!

/** The first call that failed, and the trap in it that was refused; a failure that ended another process weighs more than one that its process survived. */
export function firstFailure(steps: readonly Step[]): Failure | null {
  const failures = failuresOf(steps)
  const [first] = failures
  return failures.find(one => one.ended !== 'refused' && processOf(one) !== processOf(first!)) ?? first ?? null
}

function failuresOf(steps: readonly Step[]): Failure[] {
  const failures: Failure[] = []
  const text = new Map<string, { name: string; text: string }>()
  const refused = new Map<string, { errno: string; at: string }>()
  const oopsed = new Set<string>()
  for (const step of steps) {
    if (is(step, 'fault.oops')) oopsed.add(step.call)
    if (is(step, 'trap.enter')) text.set(step.call, step.fields)
    else if (is(step, 'trap.leave') && step.fields.errno !== null) {
      refused.set(step.call, { errno: step.fields.errno, at: shortCall(step.fields.name, text.get(step.call)?.text ?? '') })
    } else if (is(step, 'call.leave') && step.fields.errno !== null) {
      const { errno, name } = step.fields
      const found = refused.get(step.call)
      const ended = errno === 'SIGABRT' ? 'aborted' : /^(SIG|killed)/.test(errno) ? 'killed' : 'refused'
      failures.push(found ? { call: step.call, ...found, ended } : { call: step.call, errno: oopsed.has(step.call) ? 'kernel oops' : errno, at: name, ended })
    }
  }
  return failures
}

/** `fill(px, day)`, or only its first bytes. */
const drawsPicture = (text: string, picture: string): boolean => text.replace(/, \d+\)$/, ')').endsWith(`, ${picture})`)

/** Whether the picture is drawn after the end of a call; null: at all. A refusal that did not keep it from being drawn is not how the story ended. */
function drawnAfter(steps: readonly Step[], failed: string | null, picture: string): boolean {
  let past = failed === null
  const drawing = new Set<string>()
  for (const step of steps) {
    if (is(step, 'call.leave')) {
      if (past && drawing.has(step.call) && step.fields.errno === null) return true
      past ||= step.call === failed
    } else if (is(step, 'call.enter') && step.fields.name === 'fill' && drawsPicture(step.fields.text, picture)) drawing.add(step.call)
  }
  return false
}

/** The call that made an area which the mode of its buffer's file would not allow; null: none did. */
function mappedPastMode(steps: readonly Step[]): string | null {
  const seen = new MutableSnapshot()
  for (const step of steps) {
    seen.apply(step.words.length === 0 ? step : { ...step, words: [] })
    if (!is(step, 'mmap.done')) continue
    const vma = get(seen, step.fields.vma)
    const file = vma?.file ? get(seen, vma.file) : undefined
    if (file?.kind === 'dmabuf' && !file.fmode.write && vma!.flags.includes('wr')) return step.call
  }
  return null
}

/** Hazards in which nothing needs to go wrong today, and nothing keeps it from going wrong: the pages fit, the attributes match, by luck. */
const ACCIDENTS: readonly string[] = ['H7', 'H20', 'H21']

/** What a reader saw last: words of an area, at the range that was written last, and the call that had begun before it looked. */
function lastSeen(steps: readonly Step[], area: string, count: number): { readonly words: Uint32Array; readonly call: string } | null {
  const seen: Record<string, Uint32Array> = {}
  let first = -1
  let call = ''
  let begun = ''
  for (const step of steps) {
    begun = step.call || begun
    for (const change of step.words) {
      if (change.area !== area) continue
      if (first < 0 || change.at < first || change.at >= first + count) first = change.at
      call = begun
      applyWords(seen, change, change.to)
    }
  }
  return first < 0 ? null : { words: areaOf(seen, area, first + count).subarray(first, first + count), call }
}

const READERS = [['gpu.seen', SENTENCES.gpuOld], ['display.shown', SENTENCES.displayOld]] as const

/** A reader that saw something else than the picture that was drawn; null: all saw it, or there is nothing to see. */
function stale(steps: readonly Step[], picture: Picture): { readonly text: string; readonly call: string } | null {
  const want = pixels(picture.name, picture.sizeBytes)
  for (const [area, says] of READERS) {
    const seen = lastSeen(steps, area, want.length)
    if (!seen) continue
    const lines = new Set<number>()
    want.forEach((word, i) => { if (seen.words[i] !== word) lines.add(Math.floor(i / WORDS_PER_LINE)) })
    if (lines.size > 0) return { text: fill(says, { lines: lines.size, all: want.length / WORDS_PER_LINE }), call: seen.call }
  }
  return null
}

/** What should be seen in the end, and how many bytes of it are drawn. */
export interface Picture { readonly name: string; readonly sizeBytes: number }

export function verdictOf(steps: readonly Step[], picture: Picture | null, findings: readonly Finding[]): Verdict {
  const failure = firstFailure(steps)
  if (failure && !(picture !== null && drawnAfter(steps, failure.call, picture.name))) return { glyph: '✗', text: fill(SENTENCES[failure.ended], { errno: failure.errno, at: failure.at }), call: failure.call }
  const stuck = steps.find(step => is(step, 'run.stuck'))
  if (stuck) return { glyph: '✗', text: 'nobody can go on', call: null }
  if (picture !== null && !drawnAfter(steps, null, picture.name)) return { glyph: '✗', text: fill(SENTENCES.neverDrawn, { picture: picture.name }), call: null }
  const old = picture === null ? null : stale(steps, picture)
  if (old) return { glyph: '✗', ...old }
  const harm = findings.find(finding => finding.harm !== null)
  if (harm) return { glyph: '✗', text: harm.harm!, call: harm.call || null }
  const lost = steps.filter(step => is(step, 'ref.lost'))
  const accident = findings.find(({ known }) => ACCIDENTS.includes(known))
  const pastMode = mappedPastMode(steps)
  if (lost.length > 0) return { glyph: '⚠', text: fill(SENTENCES.leaks, { count: lost.length }), call: lost[0]!.call }
  if (accident) return { glyph: '◐', text: 'works by accident', call: accident.call }
  return { glyph: '✓', text: pastMode === null ? 'works' : 'works, although the fd is read-only', call: pastMode }
}
