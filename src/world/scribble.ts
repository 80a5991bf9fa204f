/** Arbitrary changes for property tests: a list of numbers is played as changes of a world, whatever the numbers are. */
import { CPU_DATA, CPU_LINE, GPU_DATA, GPU_LINE, GPU_MASK, GPU_OUTER } from '../journal/areas.ts'
import type { EventName, Events, Id, Objects } from '../journal/vocabulary.ts'
import type { World } from './world.ts'

type Any = Id<'ref'>

/** Each number is one small change or the telling of those before it. The same numbers make the same changes. */
export function scribble(world: World, numbers: readonly number[]): void {
  for (const n of numbers) one(world, Math.abs(Math.trunc(n)))
  tell(world)
}

function tell(world: World): void {
  if (world.untold) world.emit('thing.change' as EventName, { count: world.records.size } as unknown as Events[EventName])
}

function one(world: World, n: number): void {
  const things = world.ids('ref')
  const some = things[(n >> 3) % (things.length || 1)]
  world.call = `A.${(n >> 5) % 3}`
  switch (n % 14) {
    case 0: return void world.create(world.newId('ref'), thing({ weight: n, name: `n${n % 5}`, inside: { a: n % 3, b: [n % 2, null] } }))
    case 1: return some ? world.remove(some) : undefined
    case 2: return some ? world.set(some, 'counter', `c${n % 7}`) : undefined
    case 3: return some ? world.set(some, 'lost', n % 2 === 0) : undefined
    // A field that comes and goes.
    case 4: return some ? world.set(some, 'extra' as 'slot', (n % 3 === 0 ? undefined : n) as unknown as string) : undefined
    case 5: return world.write(`area.${n % 3}`, (n >> 4) % 5000, [n, n >> 7, 0].slice(0, 1 + (n % 3)))
    case 6: {
      // An id that is given again to another object.
      const id: Any = 'ref:again'
      return world.has(id) ? world.remove(id) : void world.create(id, thing({ weight: n }))
    }
    // Lines come and go, with words in them; often the same line, so that both sides of each are seen.
    case 7: return world.write(n % 2 ? CPU_LINE : GPU_LINE, (n >> 4) % 40, [n >> 2, n >> 4, n >> 6].slice(0, 1 + (n >> 3) % 3).map(state => state % 3))
    case 8: return world.write(n % 2 ? CPU_DATA : GPU_DATA, (n >> 4) % 640, [n, 0, n >> 3])
    case 9: return world.write(n % 2 ? GPU_MASK : GPU_OUTER, (n >> 4) % 40, [n >> 9])
    // Long ranges, whose sides are shared: filled, copied from another area, written as one that spans several.
    case 10: return world.fill(`area.${(n >> 4) % 3}`, (n >> 6) % 3000, 1024 + ((n >> 8) % 3000), n % 3)
    case 11: {
      const count = 1024 + ((n >> 8) % 2000)
      return world.write(`area.${(n >> 4) % 3}`, (n >> 6) % 3000, world.taken(`area.${(n >> 5) % 3}`, (n >> 7) % 3000, count), true)
    }
    case 12: {
      const [area, at] = [`area.${(n >> 4) % 3}`, (n >> 6) % 3000]
      const words = world.taken(area, at, 1200).slice()
      for (let i = n % 7; i < words.length; i += 97) words[i] = n
      return world.write(area, at, words, true, true)
    }
    default: return tell(world)
  }
}
const thing = (fields: Record<string, unknown>): Objects['ref'] => ({ from: 'ref:x', to: 'ref:y', slot: '', counter: '', lost: false, ...fields }) as Objects['ref']
