/** Which brackets of DMA_BUF_IOCTL_SYNC are open, around which memory, and since when. */
import type { RunHeader } from '../journal/run.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { baseOf, framesBehind } from './_memory.ts'

export interface Bracket {
  readonly dmaBuf: Id<'dma_buf'>
  readonly task: string
  /** As the DMA API has it: FROM the device, TO it, or both. */
  readonly dir: string
  readonly frames: ReadonlySet<number>
  /** Seq of its beginning, and the call. */
  readonly since: number
  readonly call: string
}

export class Brackets {
  private open: Bracket[] = []
  /** The one that ends just now: maintenance of its end still belongs to it. */
  private ending: Bracket | undefined
  private endingCall = ''
  constructor(private readonly base: number) {}

  follow(step: Step, world: Snapshot): void {
    if (step.call !== this.endingCall) this.ending = undefined
    if (is(step, 'sync.begin')) {
      const { dmaBuf, dir } = step.fields
      this.open.push({ dmaBuf, dir, task: step.actor, frames: new Set(framesBehind(world, this.base, dmaBuf)), since: step.seq, call: step.call })
    }
    if (!is(step, 'sync.end')) return
    const at = this.open.findLastIndex(({ dmaBuf, task }) => dmaBuf === step.fields.dmaBuf && task === step.actor)
    if (at < 0) return
    this.ending = this.open[at]
    this.endingCall = step.call
    this.open = this.open.filter((_, i) => i !== at)
  }

  /** The innermost bracket around a frame, of one process if one is named. */
  around(frame: number, task?: string): Bracket | undefined {
    return [...this.open, ...(this.ending ? [this.ending] : [])].findLast(one => one.frames.has(frame) && (task === undefined || one.task === task))
  }

  /** The bracket whose beginning is being worked on in this step. */
  beginning({ call }: Step): Bracket | undefined { return this.open.findLast(one => one.call === call) }
}

/** What a watcher remembers that asks for brackets alone. */
export const bracketsFrom = (header: RunHeader): { readonly base: number; readonly brackets: Brackets } => ({ base: baseOf(header), brackets: new Brackets(baseOf(header)) })
