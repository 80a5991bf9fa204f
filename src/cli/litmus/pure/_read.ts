/** Pieces of a row of part B: addresses, sizes, and the word that says what the row asks for. */
import { fromBigInt, type U64 } from '../../../base/bits.ts'
import { PAGE_SIZE } from '../../../base/brand.ts'
import { misread, type Piece } from '../failure.ts'

/** Every `0x…` of a text, in order; a row without enough of them cannot be read. */
export function hexes(piece: Piece, least: number): readonly bigint[] {
  const found = [...piece.text.matchAll(/0x[0-9a-f_]+/gi)].map(([text]) => BigInt(text.replaceAll('_', '')))
  return found.length >= least ? found : misread(piece, 0, `there ${found.length === 1 ? 'is one number' : `are ${found.length} numbers`} in hexadecimal, not ${least}`, 'Write addresses and values as `0x8000`.')
}
/** What a row expects: so many values, no fewer and no more. */
export function values(piece: Piece, count: number): readonly bigint[] {
  const found = hexes(piece, count)
  return found.length === count ? found : misread(piece, 0, `there are ${found.length} values for ${count}`, 'Write one for each that the row asks for.')
}
/** `0x7a5b2007; 0x888d88`, as results are compared. */
export const hexText = (list: readonly (number | bigint)[]): string => list.map(value => `0x${value.toString(16)}`).join('; ')
/** The value as sixty-four bits, or as written when it is short. */
export const text64 = (values: readonly bigint[]): string => values.map(value => `0x${value.toString(16).padStart(16, '0')}`).join(' / ')
export const words64 = (values: readonly bigint[]): readonly U64[] => values.map(fromBigInt)

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }
const SIZE = /(\d+)\s*(GiB|MiB|KiB|B)\b/g
/** `4 MiB + 8 KiB`. */
export const sizeIn = (text: string): number => [...text.matchAll(SIZE)].reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit!]!, 0)

/** Arguments in brackets: `(0x2400000, 4 MiB); (0x2601000, 4 KiB)`. */
export function groups(piece: Piece, takes: number): readonly (readonly string[])[] {
  const found = [...piece.text.matchAll(/\(([^()]*)\)/g)].map(([, inside]) => inside!.split(',').map(word => word.trim()))
  if (found.length === 0) return misread(piece, 0, 'there is nothing in brackets', `Write ${takes} arguments in brackets, with commas between them.`)
  const wrong = found.find(group => group.length !== takes)
  return wrong ? misread(piece, piece.text.indexOf(wrong[0]!), `there are ${wrong.length} arguments, not ${takes}`, 'Separate them by commas.') : found
}
/** The address in a word: of at most so many bits, and of a whole page unless `anywhere`. */
export function addressIn(piece: Piece, word: string, bits: number, anywhere = false): number {
  const at = piece.text.indexOf(word)
  const found = /0x[0-9a-f_]+/i.exec(word)?.[0] ?? misread(piece, at, `"${word}" has no address`, 'Write it as `0x2400000`.')
  const address = BigInt(found.replaceAll('_', ''))
  if (address >> BigInt(bits) !== 0n) misread(piece, piece.text.indexOf(found, at), `${found} has more than ${bits} bits`, 'Write an address that the format can hold.')
  if (!anywhere && address % BigInt(PAGE_SIZE) !== 0n) misread(piece, piece.text.indexOf(found, at), `${found} is no beginning of a page`, 'Write a multiple of `0x1000`.')
  return Number(address)
}
/** A size in whole pages, at least one. */
export function pagesIn(piece: Piece, word: string): number {
  const sizeBytes = sizeIn(word)
  return sizeBytes > 0 && sizeBytes % PAGE_SIZE === 0 ? sizeBytes : misread(piece, piece.text.indexOf(word), `"${word}" is no whole number of pages`, 'Write a size such as 4 MiB + 8 KiB.')
}
/** `index 2 / index 3`, `index 1 / 0`. */
export function indicesIn(piece: Piece): readonly number[] {
  const found = /index\s+(\d+)(?:\s*\/\s*(?:index\s+)?(\d+))?/.exec(piece.text) ?? misread(piece, 0, 'there is no attribute index', 'Say which: index 1, or index 1 / 0.')
  const indices = found.slice(1).filter(n => n !== undefined).map(Number)
  return indices.every(n => n < 8) ? indices : misread(piece, found.index, `${found[0]} is none of three bits`, 'An attribute index is 0 to 7.')
}
