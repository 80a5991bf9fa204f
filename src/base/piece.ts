/** A copy of a piece of an array of words or bytes. Most are of a line or less, for which V8's own `slice` takes three times as long. */

/** Entries; of more than these `slice` is as quick. */
const SMALL = 32

export function pieceOfWords(words: Uint32Array, at: number, count: number): Uint32Array<ArrayBuffer> {
  if (count > SMALL) return words.slice(at, at + count) as Uint32Array<ArrayBuffer>
  const copy = new Uint32Array(count)
  for (let i = 0; i < count; i++) copy[i] = words[at + i]!
  return copy
}
export function pieceOfBytes(bytes: Uint8Array, at: number, count: number): Uint8Array<ArrayBuffer> {
  if (count > SMALL) return bytes.slice(at, at + count) as Uint8Array<ArrayBuffer>
  const copy = new Uint8Array(count)
  for (let i = 0; i < count; i++) copy[i] = bytes[at + i]!
  return copy
}
/** Whole words of a few bytes, little-endian; null: they are too many for that to be the quick way, or no whole words. */
export function wordsOfFew(bytes: Uint8Array): Uint32Array<ArrayBuffer> | null {
  if (bytes.length > SMALL || bytes.length % 4 !== 0) return null
  const words = new Uint32Array(bytes.length / 4)
  for (let i = 0; i < bytes.length; i += 4) words[i / 4] = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
  return words
}
