/** What is to be said of a run that is over: asks every hazard on the shelf about every step, then for the verdict. No first step waits for it. */
import { recipeOf, type Hazard } from '../journal/hazard.ts'
import type { Finding, HazardChoice, Journal, Verdict } from '../journal/run.ts'
import { MutableSnapshot } from '../journal/snapshot.ts'
import { TruthSeeker } from '../journal/truth.ts'
import { verdictOf, type Picture } from '../machine/verdict.ts'

const files = import.meta.glob<{ default: Hazard }>(['../hazards/*.ts', '!../hazards/*.test.ts', '!../hazards/_*.ts'], { eager: true })
export const hazards: readonly Hazard[] = Object.values(files).map(file => file.default).sort((a, b) => Number(a.known.slice(1)) - Number(b.known.slice(1)))

/** What a page lists of them. */
export const hazardChoices = (): HazardChoice[] => hazards.map(one => ({ id: one.id, known: one.known, title: one.title, facts: one.facts, recipe: recipeOf(one) }))

/** What they saw, in order; the same about the same objects counts once, where it was seen first. */
export function findingsOf(journal: Journal): Finding[] {
  const { header, steps } = journal
  const seeker = new TruthSeeker(journal)
  const world = new MutableSnapshot()
  const memories = hazards.map(({ memory }) => memory?.(header))
  const seen = new Set<string>()
  const found: Finding[] = []
  for (const step of steps) {
    world.apply(step)
    const past = { truth: seeker.at(step.seq), steps }
    hazards.forEach(({ id, title, known, facts, watch }, i) => {
      const sighting = watch(step, world, memories[i], past)
      const key = sighting && `${id} ${sighting.objects.join()}`
      if (!sighting || seen.has(key!)) return
      seen.add(key!)
      found.push({ hazard: id, title, known, facts, seq: step.seq, call: step.call, line: sighting.line ?? null, objects: sighting.objects, text: sighting.text, harm: sighting.harm ?? null })
    })
  }
  return found
}

export interface Outcome { readonly verdict: Verdict; readonly findings: readonly Finding[] }
export function outcomeOf(journal: Journal, picture: Picture | null): Outcome {
  const findings = findingsOf(journal)
  return { verdict: verdictOf(journal.steps, picture, findings), findings }
}
