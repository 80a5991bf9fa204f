/** Asks every hazard on the shelf about every step of a journal. */
import type { Hazard } from '../journal/hazard.ts'
import type { Finding, Journal } from '../journal/run.ts'
import { MutableSnapshot } from '../journal/snapshot.ts'

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
