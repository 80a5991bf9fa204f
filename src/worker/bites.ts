/** Asks every quirk on the shelf about the steps of a journal that concern it. Fetched when a run is over: no first step waits for it. */
import type { Bite, Quirk } from '../journal/quirk.ts'
import type { Journal } from '../journal/run.ts'
import { MutableSnapshot } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'

const files = import.meta.glob<{ default: Quirk }>(['../quirks/*.ts', '!../quirks/*.test.ts', '!../quirks/_*.ts'], { eager: true })
export const quirks: readonly Quirk[] = Object.values(files).map(file => file.default)

/** Where they bite, in order; in one call each does so once. */
export function bitesOf({ steps }: Pick<Journal, 'steps'>): Bite[] {
  const world = new MutableSnapshot()
  const asked = new Map<string, { readonly one: Quirk; readonly memory: unknown }[]>()
  for (const one of quirks) {
    const memory = one.memory?.()
    for (const event of one.on) asked.set(event, [...(asked.get(event) ?? []), { one, memory }])
  }
  const calls = new Map<string, string>()
  const seen = new Set<string>()
  const found: Bite[] = []
  for (const step of steps) {
    world.apply(step)
    if (is(step, 'trap.enter')) calls.set(step.actor, step.fields.text)
    for (const { one, memory } of asked.get(step.event) ?? []) {
      const objects = one.watch(step, world, memory, calls.get(step.actor) ?? '')
      const key = `${one.id} ${step.call}`
      if (!objects || seen.has(key)) continue
      seen.add(key)
      found.push({ quirk: one.id, title: one.title, text: one.text, source: one.source, seq: step.seq, objects })
    }
  }
  return found
}
