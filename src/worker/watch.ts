/** What is to be said of a run that is over: asks every hazard on the shelf about every step, then for the verdict. No first step waits for it. */
import type { Hazard } from '../journal/hazard.ts'
import type { Finding, Journal, Verdict } from '../journal/run.ts'
import { MutableSnapshot } from '../journal/snapshot.ts'
import { verdictOf, type Picture } from '../machine/verdict.ts'

const files = import.meta.glob<{ default: Hazard }>(['../hazards/*.ts', '!../hazards/*.test.ts', '!../hazards/_*.ts'], { eager: true })
export const hazards: readonly Hazard[] = Object.values(files).map(file => file.default).sort((a, b) => Number(a.known?.slice(1) ?? 99) - Number(b.known?.slice(1) ?? 99))

/** What they saw, in order; the same about the same objects counts once, where it was seen first. */
export function findingsOf({ header, steps }: Journal): Finding[] {
  const world = new MutableSnapshot()
  const memories = hazards.map(({ memory }) => memory?.(header))
  const seen = new Set<string>()
  const found: Finding[] = []
  for (const step of steps) {
    world.apply(step)
    hazards.forEach(({ id, title, known, watch }, i) => {
      const sighting = watch(step, world, memories[i])
      const key = sighting && `${id} ${sighting.objects.join()}`
      if (!sighting || seen.has(key!)) return
      seen.add(key!)
      found.push({ hazard: id, title, known: known ?? null, seq: step.seq, call: step.call, ...sighting })
    })
  }
  return found
}

export interface Outcome { readonly verdict: Verdict; readonly findings: readonly Finding[] }
export function outcomeOf(journal: Journal, picture: Picture | null): Outcome {
  const findings = findingsOf(journal)
  return { verdict: verdictOf(journal.steps, picture, findings), findings }
}
