/**
 * What H2, H3 and H9 have in common: a cached load finds a line that is older than what a device wrote to memory. Which of them it is depends on
 * what was done to the line in between: nothing, too early, or nothing because the direction was wrong.
 */
import { CPU_LINE } from '../journal/areas.ts'
import type { Past } from '../journal/hazard.ts'
import type { RunHeader } from '../journal/run.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { Brackets } from './_brackets.ts'
import { Arrivals, baseOf, frameOfLine } from './_memory.ts'
import { byJob, cpuHolds, inMemory, linesWhere, oldRead } from './_old.ts'

export class Loads {
  readonly base: number
  readonly brackets: Brackets
  private readonly came = new Arrivals(CPU_LINE)
  private readonly guesses = new Set<number>()
  constructor(header: RunHeader) {
    this.base = baseOf(header)
    this.brackets = new Brackets(this.base)
  }

  follow(step: Step, world: Snapshot): void {
    this.came.follow(step)
    this.brackets.follow(step, world)
    if (is(step, 'cache.prefetch')) this.guesses.add(step.seq)
  }

  /** Old lines that a process has just loaded, a device having written the memory behind them, by why they are old. */
  old(step: Step, world: Snapshot, past: Past): { readonly task: Id<'task'>; readonly kept: number[]; readonly cameBack: number[]; readonly wrongWay: number[] } | undefined {
    const old = is(step, 'load.bytes') && step.fields.attr === 'wb' ? oldRead(step, world, this.base, past) : undefined
    if (!old) return undefined
    const lines = linesWhere(old, cpuHolds(world), word => inMemory(world, past, word) && byJob(past, word) !== undefined)
    const kept: number[] = []
    const cameBack: number[] = []
    const wrongWay: number[] = []
    for (const line of lines) {
      const bracket = this.brackets.around(frameOfLine(line), old.id)
      const guessed = this.guesses.has(this.came.of(line))
      if (bracket?.dir === 'TO') wrongWay.push(line)
      else if (guessed || (bracket && this.came.of(line) > bracket.since)) cameBack.push(line)
      else kept.push(line)
    }
    return { task: old.id as Id<'task'>, kept, cameBack, wrongWay }
  }
}
