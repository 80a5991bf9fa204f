/**
 * Painters: from what a party holds to a pixel buffer. A page of XRGB8888 is 32 × 32 pixels and a line 16 of them, half a row,
 * so a copy that misses lines is a picture with holes, and an old line is a stripe of the old picture.
 */
import { WORDS_PER_LINE } from '../../base/brand.ts'
import { DISPLAY_SHOWN, INVALID } from '../../journal/areas.ts'
import { wcMask, type PageCopy, type WcEntry } from '../../journal/holders.ts'
import type { Snapshot } from '../../journal/snapshot.ts'
import type { Pixels } from './png.ts'

export const SIDE = 32

/** Words 0x..RRGGBB as pixels; `has` tells which of them are there, the others stay empty. */
function paint(width: number, height: number, word: (i: number) => number, has: (i: number) => boolean): Pixels {
  const rgba = new Uint8Array(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    if (!has(i)) continue
    const value = word(i)
    rgba[i * 4] = (value >>> 16) & 255
    rgba[i * 4 + 1] = (value >>> 8) & 255
    rgba[i * 4 + 2] = value & 255
    rgba[i * 4 + 3] = 255
  }
  return { width, height, rgba }
}

/** A party's copy of a page; `only` restricts it to some lines. */
export const paintCopy = ({ words, state }: PageCopy, only?: ReadonlySet<number>): Pixels =>
  paint(SIDE, SIDE, (i) => words[i]!, (i) => {
    const line = Math.floor(i / WORDS_PER_LINE)
    return state[line] !== INVALID && (only?.has(line) ?? true)
  })

/** What the panel shows; nothing before the first frame. */
export const paintDisplay = (snapshot: Snapshot, width = SIDE, height = SIDE): Pixels =>
  paint(width, height, (i) => snapshot.words[DISPLAY_SHOWN]![i] ?? 0, () => snapshot.words[DISPLAY_SHOWN] !== undefined)

/** The bytes that wait in an entry of a write-combine buffer, as half a row; a pixel whose four bytes are not all there is left out. */
export const paintEntry = (entry: WcEntry): Pixels =>
  paint(WORDS_PER_LINE, 1, (i) => entry.words[i]!, (i) => wcMask(entry, i) === 0xffff_ffff)

export const paintWords = (words: ArrayLike<number>, has: (i: number) => boolean = () => true): Pixels => paint(words.length, 1, (i) => words[i]!, has)
