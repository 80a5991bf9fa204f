/**
 * Pixels as a PNG that a drawing can hold: stored, not compressed, so that it takes no library, is the same everywhere, and a test
 * reads the bytes back. An `<image>` with it stays a picture in every browser and in a saved SVG.
 */
export interface Pixels { readonly width: number; readonly height: number; /** Red, green, blue, opacity of each pixel. */ readonly rgba: Uint8Array }

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})
function crc(bytes: Uint8Array, from: number, to: number): number {
  let c = 0xffff_ffff
  for (let i = from; i < to; i++) c = CRC[(c ^ bytes[i]!) & 255]! ^ (c >>> 8)
  return ~c >>> 0
}

function adler(bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (let i = 0; i < bytes.length; i++) {
    a = (a + bytes[i]!) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}

const MOST_STORED = 0xffff
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

export function pngOf({ width, height, rgba }: Pixels): Uint8Array {
  const stride = width * 4
  const raw = new Uint8Array((stride + 1) * height)
  for (let y = 0; y < height; y++) raw.set(rgba.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1)
  const blocks = Math.max(1, Math.ceil(raw.length / MOST_STORED))
  const packed = new Uint8Array(2 + raw.length + blocks * 5 + 4)
  const view = new DataView(packed.buffer)
  packed.set([0x78, 0x01])
  let at = 2
  for (let i = 0; i < blocks; i++) {
    const part = raw.subarray(i * MOST_STORED, (i + 1) * MOST_STORED)
    packed[at] = i === blocks - 1 ? 1 : 0
    view.setUint16(at + 1, part.length, true)
    view.setUint16(at + 3, ~part.length & 0xffff, true)
    packed.set(part, at + 5)
    at += 5 + part.length
  }
  view.setUint32(at, adler(raw))

  const png = new Uint8Array(8 + (12 + 13) + (12 + packed.length) + 12)
  const out = new DataView(png.buffer)
  png.set(SIGNATURE)
  let end = 8
  const chunk = (name: string, content: Uint8Array): void => {
    out.setUint32(end, content.length)
    for (let i = 0; i < 4; i++) png[end + 4 + i] = name.charCodeAt(i)
    png.set(content, end + 8)
    out.setUint32(end + 8 + content.length, crc(png, end + 4, end + 8 + content.length))
    end += 12 + content.length
  }
  const header = new Uint8Array(13)
  const head = new DataView(header.buffer)
  head.setUint32(0, width)
  head.setUint32(4, height)
  // Eight bits a channel, red green blue and opacity.
  header.set([8, 6, 0, 0, 0], 8)
  chunk('IHDR', header)
  chunk('IDAT', packed)
  chunk('IEND', new Uint8Array(0))
  return png
}

/** Letters given to one call; a call takes only so many. */
const LETTERS = 1 << 13

export function dataUriOf(pixels: Pixels): string {
  const png = pngOf(pixels)
  let letters = ''
  for (let at = 0; at < png.length; at += LETTERS) letters += String.fromCharCode(...png.subarray(at, at + LETTERS))
  return `data:image/png;base64,${btoa(letters)}`
}

/** The pixels in such an address again. */
export function pixelsOf(uri: string): Pixels {
  const png = Uint8Array.from(atob(uri.slice(uri.indexOf(',') + 1)), (letter) => letter.charCodeAt(0))
  const view = new DataView(png.buffer)
  const width = view.getUint32(16)
  const height = view.getUint32(20)
  const raw: number[] = []
  // The blocks begin after signature, header chunk, this chunk's length and name, and two bytes of zlib.
  for (let at = 8 + 25 + 8 + 2, last = false; !last; ) {
    last = png[at] === 1
    const length = view.getUint16(at + 1, true)
    for (let i = 0; i < length; i++) raw.push(png[at + 5 + i]!)
    at += 5 + length
  }
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) rgba.set(raw.slice(y * (width * 4 + 1) + 1, (y + 1) * (width * 4 + 1)), y * width * 4)
  return { width, height, rgba }
}
