/**
 * Hashes for states: order-independent sums of well-mixed parts, so that a change can be taken out again. A state's hash has two lanes
 * of 32 bits; `lane` says which, and each mixes in a way of its own, so that what collides in one does not in the other.
 */
export type Lane = 0 | 1

/** Mixes a 32-bit integer (lane 0 is the finaliser of MurmurHash3, lane 1 another of the same shape). */
export function mix(value: number, lane: Lane = 0): number {
  let h = value | 0
  if (lane === 0) {
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  } else {
    h = Math.imul(h ^ (h >>> 16) ^ 0x5bf03635, 0x7feb352d)
    h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  }
  return (h ^ (h >>> 16)) >>> 0
}

/** Hash of a text (lane 0 is FNV-1a; both are mixed at the end). */
export function hashText(text: string, lane: Lane = 0): number {
  let h = 0x811c9dc5
  if (lane === 0) for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  // The shift carries high bits down, which a product alone never does.
  else for (let i = 0; i < text.length; i++) h = Math.imul(h ^ (h >>> 15) ^ text.charCodeAt(i), 0x2c1b3c6d)
  return mix(h, lane)
}

/** Hash of plain data, independent of the order of its keys. */
export function hashValue(value: unknown, lane: Lane = 0): number {
  if (value === null || value === undefined) return 0x9e3779b9
  if (typeof value === 'number') return Number.isInteger(value) ? mix(mix(value, lane) ^ Math.floor(value / 2 ** 32), lane) : hashText(String(value), lane)
  if (typeof value === 'string') return hashText(value, lane)
  if (typeof value === 'boolean') return value ? 0x2545f491 : 0x1b873593
  if (Array.isArray(value)) {
    let h = mix(value.length, lane)
    for (const item of value) h = mix(Math.imul(h, 31) ^ hashValue(item, lane), lane)
    return h
  }
  let h = 0x51ed270b
  for (const [key, item] of Object.entries(value as object)) {
    if (item !== undefined) h = (h + mix(Math.imul(hashText(key, lane), 31) ^ hashValue(item, lane), lane)) >>> 0
  }
  return h
}
