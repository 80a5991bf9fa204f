import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { dataUriOf, pixelsOf, pngOf } from './png.ts'

const noise = (width: number, height: number) => ({ width, height, rgba: Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * 37 + (i >> 5) * 11) & 255) })

test('a standard reader finds the same pixels', () => {
  const pixels = noise(32, 32)
  const png = pngOf(pixels)
  const view = new DataView(png.buffer)
  expect(String.fromCharCode(...png.subarray(1, 4))).toBe('PNG')
  const length = view.getUint32(33)
  expect(String.fromCharCode(...png.subarray(37, 41))).toBe('IDAT')
  const rows = inflateSync(png.subarray(41, 41 + length))
  for (let y = 0; y < 32; y++) {
    expect(rows[y * 129]).toBe(0)
    expect([...rows.subarray(y * 129 + 1, y * 129 + 129)]).toEqual([...pixels.rgba.subarray(y * 128, y * 128 + 128)])
  }
  // Known sums: of an empty last chunk, as every file ends.
  expect(view.getUint32(png.length - 4)).toBe(0xae426082)
})

test('the way there and back keeps every byte, in one block and in several', () => {
  for (const pixels of [noise(16, 1), noise(32, 32), noise(200, 100)]) {
    const back = pixelsOf(dataUriOf(pixels))
    expect([back.width, back.height]).toEqual([pixels.width, pixels.height])
    expect(Buffer.from(back.rgba).equals(Buffer.from(pixels.rgba))).toBe(true)
  }
})
