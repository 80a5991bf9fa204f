/**
 * The two pictures of the story, 32 × 32 pixels of XRGB8888: one page. Night lies in the buffer first, day is drawn over it,
 * so a glance at any memory tells which of the two it holds. The same two fill a panel of 1920 × 1080: each of their pixels is a tile there.
 */
export const PICTURE_SIDE = 32
const SIDE = PICTURE_SIDE

/** The colour of a pixel, 0xRRGGBB. */
type Paint = (x: number, y: number) => number

const mixed = (a: number, b: number, t: number): number => {
  const part = (shift: number): number => Math.round(((a >> shift) & 255) + (((b >> shift) & 255) - ((a >> shift) & 255)) * t) << shift
  return part(16) | part(8) | part(0)
}
const inside = (x: number, y: number, cx: number, cy: number, r: number): boolean => (x - cx) ** 2 + (y - cy) ** 2 <= r * r

/** Height of the ground: a mountain in the middle, a lower one on the left. */
const ground = (x: number): number => Math.min(26 - Math.max(0, 8 - Math.abs(x - 17) * 0.9), 27 - Math.max(0, 4 - Math.abs(x - 5) * 0.6))

const STARS: ReadonlySet<number> = new Set([
  [2, 3], [6, 1], [11, 2], [14, 5], [4, 8], [9, 7], [1, 13], [7, 12], [12, 10], [26, 2], [29, 6], [24, 14], [28, 12], [15, 14], [3, 18], [21, 1], [30, 16],
].map(([x, y]) => y! * SIDE + x!))

const night: Paint = (x, y) => {
  if (y >= ground(x)) return mixed(0x22404a, 0x10232c, (y - ground(x)) / 10)
  if (inside(x, y, 20, 8, 4) && !inside(x, y, 22, 6.5, 3.8)) return 0xf4edd0
  if (STARS.has(y * SIDE + x)) return 0xdfe7ff
  return mixed(0x12163a, 0x2a2d5e, y / 26)
}

const day: Paint = (x, y) => {
  if (y >= ground(x)) return mixed(0x6cbf4b, 0x2f7d3a, (y - ground(x)) / 10)
  if (inside(x, y, 24, 7, 3.6)) return 0xffd84a
  if (inside(x, y, 24, 7, 4.8)) return 0xffe99a
  if (inside(x, y, 7, 8, 2.6) || inside(x, y, 10, 7, 3.2) || inside(x, y, 13, 8.4, 2.4)) return 0xffffff
  return mixed(0x4fa8ec, 0xc9e8fb, y / 26)
}

interface Picture { readonly width: number; readonly height: number; readonly paint: Paint }
const small = (paint: Paint): Picture => ({ width: SIDE, height: SIDE, paint })
const fullHd = (paint: Paint): Picture => ({ width: 1920, height: 1080, paint })

export const pictures: Readonly<Record<string, Picture>> = {
  night: small(night), day: small(day), black: small(() => 0x000000), white: small(() => 0xffffff), night_1080p: fullHd(night), day_1080p: fullHd(day),
}

/** Bytes of a whole picture; of none, those of a small one. */
export function sizeOf(name: string | null): number {
  const { width, height } = pictures[name ?? 'black']!
  return width * height * 4
}

/** A picture as it lies in memory, row after row: each pixel of the small one as a tile, as near to square as whole pixels allow. */
function whole({ width, height, paint }: Picture): Uint32Array {
  const words = new Uint32Array(width * height)
  const column = (at: number): number => Math.round((at * width) / SIDE)
  const row = (at: number): number => Math.round((at * height) / SIDE)
  for (let y = 0; y < SIDE; y++) {
    const first = row(y) * width
    for (let x = 0; x < SIDE; x++) words.fill(paint(x, y), first + column(x), first + column(x + 1))
    for (let copy = row(y) + 1; copy < row(y + 1); copy++) words.copyWithin(copy * width, first, first + width)
  }
  return words
}

/** The first `sizeBytes` of a picture as it lies in memory; beyond its end it begins again. */
export function pixels(name: string, sizeBytes: number): Uint32Array {
  const picture = whole(pictures[name]!)
  const length = Math.ceil(sizeBytes / 4)
  if (length <= picture.length) return picture.slice(0, length)
  const words = new Uint32Array(length)
  words.set(picture)
  for (let done = picture.length; done < length; done *= 2) words.copyWithin(done, 0, done)
  return words
}
