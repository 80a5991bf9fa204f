/**
 * Work that is the same for page after page: the first page is told step by step, and those behind it that go the way of one already told are
 * told as one step. They are done one by one all the same; a page that goes another way is told in full.
 * Leaves out: the moments between two such pages, which nobody else could act in.
 */
import { assert } from '../base/assert.ts'
import type { Step } from '../journal/step.ts'
import type { World } from '../world/world.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { again: { times: number; first: string } }
}
export const says: Says = { again: '**{times} more pages** go the same way, one after the other.' }

/** Fewer repetitions than this are told one by one. */
const FEW = 8

const courseOf = (steps: readonly Step[]): string => steps.map(({ event, stack }) => `${event} ${stack.length}`).join()

/** One row of pages; `end` must be called after the last of them. */
export class Again {
  private readonly world: World
  /** How the pages went that were told step by step. */
  private readonly told = new Set<string>()
  private alike: Step[][] = []
  constructor(world: World) { this.world = world }

  /** The work for one page. */
  page<T>(work: () => T): T {
    const { world } = this
    if (!world.tells) return work()
    assert(!world.untold, 'changes wait for their event')
    const mark = world.steps.length
    const result = work()
    if (world.steps.length === mark) return result
    const steps = world.withdraw(mark)
    const course = courseOf(steps)
    if (this.told.has(course)) {
      this.alike.push(steps)
      return result
    }
    this.end()
    this.told.add(course)
    world.tellAgain(steps)
    return result
  }

  end(): void {
    const { world, alike } = this
    this.alike = []
    if (alike.length < FEW) return world.tellAgain(alike.flat())
    world.owe(alike.flat())
    world.emit('again', { times: alike.length, first: alike[0]![0]!.event })
  }
}

/** The same for each of them. */
export function each<T, R>(world: World, list: readonly T[], work: (one: T) => R): R[] {
  const row = new Again(world)
  const results = list.map(one => row.page(() => work(one)))
  row.end()
  return results
}
