/** A journal as text that a person reads: one line per step, with what changed. Equal journals give equal texts. */
import { fill } from '../base/fill.ts'
import type { Bite } from './quirk.ts'
import { hashValue } from '../base/hash.ts'
import { SENTENCES } from './sentences-transcript.ts'
import { BOUNDARY, type Change, type Step, type WordChange } from './step.ts'
import type { Finding, Journal } from './run.ts'

const short = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 72 ? `${text.slice(0, 64)}… #${(hashValue(value) >>> 0).toString(16)}` : text
}
function changeText({ id, field, from, to }: Change): string {
  if (field === null) return to === undefined ? `-${id}` : `+${id}`
  return `${id}.${field} ${short(from)}→${short(to)}`
}
const wordText = ({ area, at, to }: WordChange): string =>
  to.length <= 2 ? `${area}[${at}]=${[...to].map(w => w.toString(16)).join(' ')}` : `${area}[${at}+${to.length}] #${(hashValue([...to]) >>> 0).toString(16)}`

export function lineOf(step: Step): string {
  const depth = step.stack.filter(name => name !== BOUNDARY).length
  const fields = Object.entries(step.fields as Readonly<Record<string, unknown>>).map(([name, value]) => `${name}=${short(value)}`).join(' ')
  const changes = [...step.changes.map(changeText), ...step.words.map(wordText)].join('  ')
  return `${String(step.seq).padStart(5)} ${step.actor.padEnd(8)} ${step.call.padEnd(5)} ${'  '.repeat(depth)}${step.event} ${fields}${changes ? `   ${changes}` : ''}`.trimEnd()
}

/** What the watchers saw, one line each. */
export const findingsText = (findings: readonly Finding[]): string =>
  findings.map(({ hazard, known, seq, call, objects, text }) => {
    const told = { hazard: known ? `${known} ${hazard}` : hazard, seq, objects: objects.join(' '), text }
    return call ? fill(SENTENCES.findingIn, { ...told, call }) : fill(SENTENCES.finding, told)
  }).join('')

export const bitesText = (bites: readonly Bite[]): string => bites.map(({ quirk, seq, objects, text }) => fill(SENTENCES.quirk, { quirk, seq, objects: objects.join(' '), text })).join('')

export const transcript = (journal: Journal): string => journal.steps.map(step => `${lineOf(step)}\n`).join('')
