/**
 * Keyframes of a journal: now and then the snapshot as it stood, kept by reference. Records are never edited, so a keyframe is a shallow
 * copy of their table; words are kept in chunks, and a chunk that nothing wrote to is shared with the keyframe before.
 */
import type { Journal } from './run.ts'
import { areaOf, type AnyRecord, type MutableSnapshot } from './snapshot.ts'
import type { Step } from './step.ts'
import type { Id } from './vocabulary.ts'

/** Steps between two keyframes: a jump folds half of that at most. Doubled when the chunks take more room than MOST_BYTES. */
const SPACING = 512
const MOST_BYTES = 64 * 2 ** 20
/** Words of a chunk: a page. */
const CHUNK = 1024

type Chunk = Uint32Array
type Areas = Readonly<Record<string, readonly Chunk[]>>
interface Keyframe { readonly records: ReadonlyMap<Id, AnyRecord>; readonly areas: Areas }

const kept = new WeakMap<Journal, Keyframes>()

/** All who look at a journal share its keyframes. */
export function keyframesOf(journal: Journal): Keyframes {
  let found = kept.get(journal)
  if (!found) kept.set(journal, (found = new Keyframes(journal.steps)))
  return found
}

export class Keyframes {
  /** Number n - 1 holds what is after n * spacing steps. */
  private frames: Keyframe[] = []
  /** Chunks that are kept, each once. */
  private chunks = 0

  constructor(private readonly steps: readonly Step[], private spacing = SPACING, private readonly mostBytes = MOST_BYTES) {}

  /** Keeps a snapshot that stands after `count` steps, if that is where the next keyframe belongs. */
  offer(count: number, now: MutableSnapshot): void {
    if (count !== (this.frames.length + 1) * this.spacing) return
    const areas: Record<string, readonly Chunk[]> = { ...this.frames.at(-1)?.areas }
    for (const [area, written] of writtenBy(this.steps, count - this.spacing, count)) {
      const list = [...(areas[area] ?? [])]
      const last = Math.max(...written)
      while (list.length <= last) list.push(ZEROS)
      for (const i of written) list[i] = copyOf(now.words[area]!, i)
      areas[area] = list
      this.chunks += written.size
    }
    this.frames.push({ records: new Map(now.records), areas })
    while (this.bytes > this.mostBytes && this.frames.length > 1) this.thin()
  }

  /** The number of steps of the keyframe nearest to `count`; 0: the beginning is nearest. */
  nearest(count: number): number {
    return Math.min(Math.round(count / this.spacing), this.frames.length) * this.spacing
  }

  /** Takes a snapshot that stands after `from` steps to the keyframe after `count` steps. Chunks that are the same on both sides stay as they are. */
  restore(count: number, now: MutableSnapshot, from: number): void {
    const frame = this.frames[count / this.spacing - 1]
    now.records = new Map(frame?.records)
    const behind = Math.min(Math.floor(from / this.spacing), this.frames.length)
    const had = this.frames[behind - 1]?.areas ?? {}
    const written = writtenBy(this.steps, behind * this.spacing, from)
    for (const area of new Set([...Object.keys(now.words), ...Object.keys(frame?.areas ?? {})])) {
      const chunks = frame?.areas[area] ?? []
      const words = areaOf(now.words, area, chunks.length * CHUNK)
      for (let i = 0; i * CHUNK < words.length; i++) {
        const chunk = chunks[i] ?? ZEROS
        if (written.get(area)?.has(i) || (had[area]?.[i] ?? ZEROS) !== chunk) words.set(chunk.subarray(0, words.length - i * CHUNK), i * CHUNK)
      }
    }
  }

  /** Room that the chunks take. */
  get bytes(): number { return this.chunks * CHUNK * 4 }

  /** Every other keyframe goes. */
  private thin(): void {
    this.frames = this.frames.filter((_, i) => i % 2 === 1)
    this.spacing *= 2
    this.chunks = new Set(this.frames.flatMap(({ areas }) => Object.values(areas).flat())).size
  }
}

const ZEROS: Chunk = new Uint32Array(CHUNK)

function copyOf(words: Uint32Array, index: number): Chunk {
  const chunk = new Uint32Array(CHUNK)
  chunk.set(words.subarray(index * CHUNK, (index + 1) * CHUNK))
  return chunk
}

/** The chunks that some steps wrote to, by area. */
function writtenBy(steps: readonly Step[], from: number, to: number): Map<string, Set<number>> {
  const written = new Map<string, Set<number>>()
  for (let seq = from; seq < to; seq++) {
    for (const { area, at, to: words } of steps[seq]!.words) {
      let chunks = written.get(area)
      if (!chunks) written.set(area, (chunks = new Set()))
      for (let i = Math.floor(at / CHUNK); i * CHUNK < at + words.length; i++) chunks.add(i)
    }
  }
  return written
}
