/**
 * The limit for a search in JavaScript: the reference model written out as one loop over whole states in flat arrays, breadth first, with
 * nothing between. It knows no other machine, no way back and no outcome. A second writing of the same rules, too: both must agree.
 */
import { mix } from '../base/hash.ts'

const [MEM, LATEST, NEED, JOB] = [0, 1, 2, 3]
const DIRTY = 2

export function packedSearch(lines: 1 | 2, rounds: number): { readonly states: number; readonly transitions: number } {
  const copies = 4 * lines
  const gpu = copies + 4 * lines
  const cpus = gpu + 2 * lines
  const busy = cpus + 8
  const size = busy + 3
  // Every field has four bits.
  const words = Math.ceil(size / 8)
  let room = 1 << 12
  let arena = new Int32Array(room * words)
  let slots = new Int32Array(room * 2)
  let states = 0
  let transitions = 0
  const s = new Uint8Array(words * 8)
  const t = new Uint8Array(words * 8)
  const packed = new Int32Array(words)

  const hashAt = (list: Int32Array, at: number): number => {
    let h = 0
    for (let w = 0; w < words; w++) h = mix(h ^ list[at + w]!)
    return h
  }
  const grow = (): void => {
    const more = new Int32Array((room *= 2) * words)
    more.set(arena)
    arena = more
    slots = new Int32Array(room * 2)
    for (let n = 0; n < states; n++) {
      let slot = hashAt(arena, n * words) & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = n + 1
    }
  }
  const meet = (): void => {
    for (let w = 0; w < words; w++) {
      let word = 0
      for (let i = 0; i < 8; i++) word |= t[w * 8 + i]! << (4 * i)
      packed[w] = word
    }
    const mask = slots.length - 1
    let slot = hashAt(packed, 0) & mask
    search: for (let found = slots[slot]!; found !== 0; found = slots[slot]!) {
      for (let w = 0; w < words; w++) if (arena[(found - 1) * words + w] !== packed[w]) {
        slot = (slot + 1) & mask
        continue search
      }
      return
    }
    arena.set(packed, states * words)
    slots[slot] = ++states
    if (states === room) grow()
  }
  /** A dirty copy goes to memory; its state becomes another. */
  const land = (c: number, x: number, state: number): void => {
    const at = copies + 2 * (c * lines + x)
    if (t[at] === DIRTY) t[4 * x + MEM] = t[at + 1]!
    t[at] = state
    if (state === 0) t[at + 1] = 0
  }
  const moved = (): void => {
    transitions++
    meet()
    t.set(s)
  }

  t[cpus + 3] = t[cpus + 7] = rounds
  meet()
  for (let n = 0; n < states; n++) {
    for (let i = 0; i < words * 8; i++) s[i] = (arena[n * words + (i >> 3)]! >>> (4 * (i & 7))) & 15
    t.set(s)
    for (let c = 0; c < 2; c++) {
      const at = cpus + 4 * c
      const pc = s[at]!
      for (let x = 0; x < lines; x++) {
        const own = copies + 2 * (c * lines + x)
        if (pc === 0 && s[at + 3]! > 0) {
          land(1 - c, x, 0)
          t[4 * x + LATEST]!++
          t[own] = DIRTY
          t[own + 1] = t[at + 2] = t[4 * x + LATEST]!
          t[at + 1] = x + 1
          t[at + 3]!--
          t[at] = 1
          moved()
        }
        if (s[own] === 0) {
          if (t[copies + 2 * ((1 - c) * lines + x)] === DIRTY) land(1 - c, x, 1)
          t[own] = 1
          t[own + 1] = t[4 * x + MEM]!
        } else land(c, x, 0)
        moved()
      }
      if (pc === 1) {
        for (let each = 0; each < 2; each++) if (t[copies + 2 * (each * lines + s[at + 1]! - 1)] === DIRTY) land(each, s[at + 1]! - 1, 1)
        t[at] = 2
        moved()
      }
      if (pc === 2) {
        const line = 4 * (s[at + 1]! - 1)
        t[line + NEED] = Math.max(t[line + NEED]!, t[at + 2]!)
        t[line + JOB] = 1
        t[at] = t[at + 1] = t[at + 2] = 0
        moved()
      }
    }
    for (let x = 0; x < lines; x++) {
      if (s[busy] === 0 && s[4 * x + JOB] === 1) {
        t[4 * x + JOB] = 0
        t[busy] = 1
        t[busy + 1] = x + 1
        t[busy + 2] = t[4 * x + NEED]!
        t[4 * x + NEED] = t[gpu + 2 * x] = t[gpu + 2 * x + 1] = 0
        moved()
      }
      if (s[gpu + 2 * x] === 1) {
        t[gpu + 2 * x] = t[gpu + 2 * x + 1] = 0
        moved()
      }
    }
    if (s[busy] === 1) {
      const x = s[busy + 1]! - 1
      if (t[gpu + 2 * x] === 0) {
        t[gpu + 2 * x] = 1
        t[gpu + 2 * x + 1] = t[4 * x + MEM]!
      }
      t[busy] = t[busy + 1] = t[busy + 2] = 0
      moved()
    }
  }
  return { states, transitions }
}
