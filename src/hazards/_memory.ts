/** What watchers ask of the words of a machine: which lines an access covers, what a device saw, whose memory it is. */
import { LINE_SIZE, LINES_PER_PAGE, PAGE_SIZE, WORDS_PER_LINE, WORDS_PER_PAGE, WORD_SIZE } from '../base/brand.ts'
import { CPU_LINE, DISPLAY_SHOWN, GPU_SEEN } from '../journal/areas.ts'
import type { RunHeader } from '../journal/run.ts'
import { all, get, type Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import type { Id, Objects } from '../journal/vocabulary.ts'

/** Physical address of frame 0, in bytes. */
export const baseOf = ({ firstPfn }: RunHeader): number => firstPfn * PAGE_SIZE

export const wordAt = (world: Snapshot, area: string, at: number): number => world.words[area]?.[at] ?? 0
export const cpuLine = (world: Snapshot, line: number): number => wordAt(world, CPU_LINE, line)
export const lineOfWord = (word: number): number => Math.floor(word / WORDS_PER_LINE)

/** Numbers of the lines that a range of physical addresses touches. */
export function linesOf(base: number, { phys, sizeBytes }: { readonly phys: number; readonly sizeBytes: number }): number[] {
  const first = Math.floor((phys - base) / LINE_SIZE)
  return Array.from({ length: Math.ceil((phys - base + sizeBytes) / LINE_SIZE) - first }, (_, i) => first + i)
}

/** The frames of a buffer object. */
export function framesOf(base: number, { sgt, pages, filp, dmaAddr, sizeBytes }: Objects['gem']): readonly number[] {
  if (sgt) return sgt.flatMap(({ page, len }) => Array.from({ length: len / PAGE_SIZE }, (_, i) => (page === null ? -1 : page + i)))
  if (dmaAddr !== null) return Array.from({ length: sizeBytes / PAGE_SIZE }, (_, i) => (dmaAddr - base) / PAGE_SIZE + i)
  return pages ?? filp ?? []
}

/** The object whose own memory a line is; undefined: none's. */
export function ownerOf(world: Snapshot, base: number, line: number): Id<'gem'> | undefined {
  const frame = Math.floor(line / LINES_PER_PAGE)
  return all(world, 'gem').find(([, gem]) => gem.importAttach === null && framesOf(base, gem).includes(frame))?.[0]
}

export type Device = 'gpu' | 'display'
/** Who read memory in this step; undefined: neither. */
export const readerOf = (step: Step): { readonly who: Device; readonly id: Id } | undefined =>
  is(step, 'job.read') ? { who: 'gpu', id: step.fields.job } : is(step, 'display.scanout') ? { who: 'display', id: step.fields.crtc } : undefined

/** Goes through the words that a device has just read, with what it saw in each. */
export function eachWordRead(step: Step, world: Snapshot, base: number, look: (word: number, value: number) => void): void {
  if (is(step, 'job.read')) {
    const first = (step.fields.phys - base) / WORD_SIZE
    for (let i = 0; i < step.fields.sizeBytes / WORD_SIZE; i++) look(first + i, wordAt(world, GPU_SEEN, first + i))
  }
  if (!is(step, 'display.scanout')) return
  const { gem, width, height, pitch } = get(world, step.fields.fb)!
  const frames = framesOf(base, get(world, gem)!)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const at = (y * pitch) / WORD_SIZE + x
    const frame = frames[Math.floor(at / WORDS_PER_PAGE)] ?? -1
    if (frame >= 0) look(frame * WORDS_PER_PAGE + (at % WORDS_PER_PAGE), wordAt(world, DISPLAY_SHOWN, y * width + x))
  }
}
