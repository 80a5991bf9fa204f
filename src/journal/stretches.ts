/**
 * What an area of words is known to hold, in long stretches: arrays that nobody edits, as they came into it. A change of a long range
 * shares them as the side that it leaves, and a copy from one area to another as the side that it brings, so that a picture of eight
 * megabytes that moves through all caches is kept once.
 */

/** Words of a stretch that is worth remembering: a page. */
export const LONG = 1024

/** `words` null: zeros. */
interface Stretch { readonly at: number; readonly end: number; readonly words: Uint32Array | null }

const part = ({ at, words }: Stretch, from: number, end: number): Stretch => ({ at: from, end, words: words && words.subarray(from - at, end - at) })

const ROOM = 1 << 16
const constants = new Map<number, Uint32Array>()
/** So many times the same small number; shared, so not to be edited. */
export function constant(value: number, count: number): Uint32Array {
  let known = constants.get(value)
  if (!known || known.length < count) constants.set(value, (known = new Uint32Array(Math.ceil(count / ROOM) * ROOM).fill(value)))
  return known.subarray(0, count)
}

export class Stretches {
  /** In order, without overlap. What was never written is 0. */
  private readonly list: Stretch[] = [{ at: 0, end: Infinity, words: null }]

  /** The words of a range, as an array that is not to be edited; undefined: they are not known in one piece. */
  find(at: number, count: number): Uint32Array | undefined {
    const found = this.list[this.after(at)]
    if (found === undefined || found.at > at || found.end < at + count) return undefined
    return found.words === null ? constant(0, count) : found.words.subarray(at - found.at, at - found.at + count)
  }

  /** A range is written. */
  put(at: number, words: Uint32Array): void {
    const end = at + words.length
    const first = this.after(at)
    const next = this.list[first]
    const long = words.length >= LONG
    if (!long && (next === undefined || next.at >= end)) return
    const stay: Stretch[] = []
    let behind = first
    let rest: Stretch | null = null
    for (; behind < this.list.length && this.list[behind]!.at < end; behind++) {
      const old = this.list[behind]!
      if (at - old.at >= LONG) stay.push(part(old, old.at, at))
      if (old.end - end >= LONG) rest = part(old, end, old.end)
    }
    if (long) stay.push({ at, end, words })
    if (rest) stay.push(rest)
    this.list.splice(first, behind - first, ...stay)
  }

  /** Place of the first stretch that ends behind `at`. */
  private after(at: number): number {
    let low = 0
    let high = this.list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.list[middle]!.end <= at) low = middle + 1
      else high = middle
    }
    return low
  }
}
