/**
 * Exact 64-bit values as two unsigned 32-bit words. Stored that way in simulated memory; `bigint` only at the edges
 * (text, tests, system call arguments).
 */
export interface U64 { readonly hi: number; readonly lo: number }

export const u64 = (hi: number, lo: number): U64 => ({ hi: hi >>> 0, lo: lo >>> 0 })
export const fromBigInt = (value: bigint): U64 => u64(Number((value >> 32n) & 0xffff_ffffn), Number(value & 0xffff_ffffn))
export const toBigInt = (value: U64): bigint => (BigInt(value.hi) << 32n) | BigInt(value.lo)
/** From a number below 2^53. */
export const fromNumber = (value: number): U64 => u64(Math.floor(value / 2 ** 32), value % 2 ** 32)
/** To a number; exact below 2^53, which every address is. */
export const toNumber = (value: U64): number => value.hi * 2 ** 32 + value.lo
export const or = (a: U64, b: U64): U64 => u64(a.hi | b.hi, a.lo | b.lo)
export const and = (a: U64, b: U64): U64 => u64(a.hi & b.hi, a.lo & b.lo)
export const equal = (a: U64, b: U64): boolean => a.hi === b.hi && a.lo === b.lo
/** Bit `n` (0…63). */
export const bit = (value: U64, n: number): number => (n < 32 ? (value.lo >>> n) & 1 : (value.hi >>> (n - 32)) & 1)
export const withBit = (n: number): U64 => (n < 32 ? u64(0, 1 << n) : u64(1 << (n - 32), 0))
/** The field `width` bits wide that starts at bit `low`, as a number; `width` at most 48. */
export function field(value: U64, low: number, width: number): number {
  return Number((toBigInt(value) >> BigInt(low)) & ((1n << BigInt(width)) - 1n))
}
/** `0x0168_0000_8000_1f4b`: sixteen digits in groups of four. */
export function hex64(value: U64): string {
  const digits = value.hi.toString(16).padStart(8, '0') + value.lo.toString(16).padStart(8, '0')
  return `0x${digits.replace(/(.{4})(?=.)/g, '$1_')}`
}
/** `0x00002003`: a word in all its digits. */
export const hex32 = (word: number): string => `0x${word.toString(16).padStart(8, '0')}`
export const hex = (value: number): string => `0x${value.toString(16)}`
