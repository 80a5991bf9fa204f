/** Hashes for states: order-independent sums of well-mixed parts, so that a change can be taken out again. */

/** Mixes a 32-bit integer (the finaliser of MurmurHash3). */
export function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Hash of a text (FNV-1a, then mixed). */
export function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix(h)
}

/** Hash of plain data, independent of the order of its keys. */
export function hashValue(value: unknown): number {
  if (value === null || value === undefined) return 0x9e3779b9
  if (typeof value === 'number') return Number.isInteger(value) ? mix(mix(value) ^ Math.floor(value / 2 ** 32)) : hashText(String(value))
  if (typeof value === 'string') return hashText(value)
  if (typeof value === 'boolean') return value ? 0x2545f491 : 0x1b873593
  if (Array.isArray(value)) {
    let h = mix(value.length)
    for (const item of value) h = mix(Math.imul(h, 31) ^ hashValue(item))
    return h
  }
  let h = 0x51ed270b
  for (const [key, item] of Object.entries(value as object)) {
    if (item !== undefined) h = (h + mix(Math.imul(hashText(key), 31) ^ hashValue(item))) >>> 0
  }
  return h
}
