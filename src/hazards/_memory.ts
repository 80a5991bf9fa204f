/** What watchers ask of the words of a machine: which lines an access covers, what somebody saw, whose memory it is. */
import { LINE_SIZE, LINES_PER_PAGE, PAGE_SIZE, WORDS_PER_LINE, WORDS_PER_PAGE, WORD_SIZE } from '../base/brand.ts'
import { CPU_DATA, CPU_LINE, DISPLAY_SHOWN, DRAM, GPU_SEEN, INVALID } from '../journal/areas.ts'
import { framesBehindBuffer, framesOf } from '../journal/buffer-pages.ts'
import type { Sighting } from '../journal/hazard.ts'
import type { RunHeader } from '../journal/run.ts'
import { all, get, type Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'

/** Physical address of frame 0, in bytes. */
export const baseOf = ({ firstPfn }: RunHeader): number => firstPfn * PAGE_SIZE

export const wordAt = (world: Snapshot, area: string, at: number): number => world.words[area]?.[at] ?? 0
export const cpuLine = (world: Snapshot, line: number): number => wordAt(world, CPU_LINE, line)
export const lineOfWord = (word: number): number => Math.floor(word / WORDS_PER_LINE)
export const frameOfLine = (line: number): number => Math.floor(line / LINES_PER_PAGE)

/** Numbers of the lines that a range of physical addresses touches. */
export function linesOf(base: number, { phys, sizeBytes }: { readonly phys: number; readonly sizeBytes: number }): number[] {
  const first = Math.floor((phys - base) / LINE_SIZE)
  return Array.from({ length: Math.ceil((phys - base + sizeBytes) / LINE_SIZE) - first }, (_, i) => first + i)
}

/** The frames that a dma-buf stands for. */
export const framesBehind = (world: Snapshot, base: number, dmaBuf: Id<'dma_buf'>): readonly number[] => framesBehindBuffer(world, base / PAGE_SIZE, get(world, dmaBuf)!.priv as Id)

/** The object whose own memory a line is, or the dma-buf behind which it lies; undefined: none's. */
export function ownerOf(world: Snapshot, base: number, line: number): Id | undefined {
  const frame = frameOfLine(line)
  return all(world, 'gem').find(([id, gem]) => gem.importAttach === null && framesOf(world, base / PAGE_SIZE, id).includes(frame))?.[0]
    ?? all(world, 'dma_buf').find(([id]) => framesBehind(world, base, id).includes(frame))?.[0]
}

/** A sighting about lines: the first of them, whose they are, and who is concerned besides. */
export function seenAt(world: Snapshot, base: number, lines: readonly number[], others: readonly Id[], text: string, harm?: string): Sighting {
  const owner = ownerOf(world, base, lines[0]!)
  return { objects: [...new Set([...(owner ? [owner] : []), ...others])], line: lines[0]!, text, ...(harm !== undefined && { harm }) }
}

export type Reader = 'cpu' | 'gpu' | 'display'
/** Who read memory in this step; undefined: neither. */
export const readerOf = (step: Step): { readonly who: Reader; readonly id: Id } | undefined => {
  if (is(step, 'job.read')) return { who: 'gpu', id: step.fields.job }
  if (is(step, 'display.scanout')) return { who: 'display', id: step.fields.crtc }
  return is(step, 'load.bytes') ? { who: 'cpu', id: step.fields.task } : undefined
}

/** Words of an area; those behind its end are 0. */
function stretch(world: Snapshot, area: string, from: number, to: number): Uint32Array {
  const held = (world.words[area] ?? new Uint32Array(0)).subarray(from, to)
  if (held.length === to - from) return held
  const all = new Uint32Array(to - from)
  all.set(held)
  return all
}

/** What was read just now, in stretches of memory: their first word, and what was seen in it and in those behind it. */
export function eachStretchRead(step: Step, world: Snapshot, base: number, look: (first: number, seen: Uint32Array) => void): void {
  if (is(step, 'job.read') || is(step, 'load.bytes')) {
    const { phys, sizeBytes } = step.fields
    const first = Math.floor((phys - base) / WORD_SIZE)
    const end = Math.ceil((phys - base + sizeBytes) / WORD_SIZE)
    const area = is(step, 'job.read') ? GPU_SEEN : step.fields.attr === 'wb' ? CPU_DATA : DRAM
    look(first, stretch(world, area, first, end))
  }
  if (!is(step, 'display.scanout')) return
  const { gem, width, height, pitch } = get(world, step.fields.fb)!
  const frames = framesOf(world, base / PAGE_SIZE, gem)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; ) {
    const at = (y * pitch) / WORD_SIZE + x
    const frame = frames[Math.floor(at / WORDS_PER_PAGE)] ?? -1
    const n = Math.min(width - x, WORDS_PER_PAGE - (at % WORDS_PER_PAGE))
    if (frame >= 0) look(frame * WORDS_PER_PAGE + (at % WORDS_PER_PAGE), stretch(world, DISPLAY_SHOWN, y * width + x, y * width + x + n))
    x += n
  }
}

/** When each line came into a cache: the step's seq by line, while the line is there. */
export class Arrivals {
  private at = new Int32Array(0)
  constructor(private readonly states: string) {}

  follow(step: Step): void {
    for (const { area, at, from, to } of step.words) {
      if (area !== this.states) continue
      if (this.at.length < at + to.length) {
        const grown = new Int32Array(Math.max(at + to.length, this.at.length * 2)).fill(-1)
        grown.set(this.at)
        this.at = grown
      }
      for (let i = 0; i < to.length; i++) {
        if (to[i] === INVALID) this.at[at + i] = -1
        else if (from[i] === INVALID) this.at[at + i] = step.seq
      }
    }
  }
  /** -1: it is not there. */
  of(line: number): number { return this.at[line] ?? -1 }
}
