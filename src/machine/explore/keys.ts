/** Numbers for keys of 64 bits, given in order from 0: a table with open addressing, at most half full. */

export const longer = (list: Int32Array<ArrayBuffer>, need: number): Int32Array<ArrayBuffer> => {
  if (need <= list.length) return list
  const more = new Int32Array(Math.max(need, list.length * 2))
  more.set(list)
  return more
}

const FIRST_SLOTS = 1 << 12

export class Keys {
  count = 0
  /** Whether the key that was looked up last had not been seen. */
  fresh = false
  /** 1 + number; 0: nothing. */
  private slots = new Int32Array(FIRST_SLOTS)
  private lo = new Int32Array(FIRST_SLOTS / 2)
  private hi = new Int32Array(FIRST_SLOTS / 2)

  /** The number of a key, a new one if it has none. Lanes are taken as 32 bits, whatever their sign. */
  numberOf(lo: number, hi: number): number {
    const mask = this.slots.length - 1
    let slot = lo & mask
    for (let found = this.slots[slot]!; found !== 0; found = this.slots[slot]!) {
      if (this.lo[found - 1] === (lo | 0) && this.hi[found - 1] === (hi | 0)) {
        this.fresh = false
        return found - 1
      }
      slot = (slot + 1) & mask
    }
    const number = this.count++
    this.fresh = true
    this.lo[number] = lo
    this.hi[number] = hi
    this.slots[slot] = number + 1
    if (this.count * 2 >= this.slots.length) this.grow()
    return number
  }

  private grow(): void {
    const mask = this.slots.length * 2 - 1
    this.slots = new Int32Array(mask + 1)
    this.lo = longer(this.lo, this.count * 2)
    this.hi = longer(this.hi, this.count * 2)
    for (let number = 0; number < this.count; number++) {
      let slot = this.lo[number]! & mask
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask
      this.slots[slot] = number + 1
    }
  }
}
