/** Pixels as a party holds them: exact, square and never smoothed. */
import type { Box } from '../places.ts'
import { dataUriOf, type Pixels } from './png.ts'

const SHARP = { imageRendering: 'pixelated' } as const

/** The last pictures made: most of them are drawn again, frame after frame. Found by their pixels, so what is drawn never depends on it. */
const made: { readonly pixels: Pixels; readonly uri: string }[] = []
const KEPT = 32

function uriOf(pixels: Pixels): string {
  const at = made.findIndex((each) => alike(each.pixels, pixels))
  const found = at < 0 ? { pixels, uri: dataUriOf(pixels) } : made.splice(at, 1)[0]!
  made.unshift(found)
  made.length = Math.min(made.length, KEPT)
  return found.uri
}

function alike(a: Pixels, b: Pixels): boolean {
  if (a.width !== b.width || a.rgba.length !== b.rgba.length) return false
  for (let i = 0; i < a.rgba.length; i++) if (a.rgba[i] !== b.rgba[i]) return false
  return true
}

export function Picture({ pixels, box, opacity }: { readonly pixels: Pixels; readonly box: Box; readonly opacity?: number }) {
  return <image href={uriOf(pixels)} x={box.x} y={box.y} width={box.w} height={box.h} preserveAspectRatio="none" opacity={opacity} style={SHARP} pointerEvents="none" />
}

/** Its upper part only, `part` of the height. */
export function PictureTop({ pixels, box, part }: { readonly pixels: Pixels; readonly box: Box; readonly part: number }) {
  if (part <= 0) return null
  return (
    <svg x={box.x} y={box.y} width={box.w} height={box.h * part} pointerEvents="none">
      <Picture pixels={pixels} box={{ x: 0, y: 0, w: box.w, h: box.h }} />
    </svg>
  )
}

interface PixelRow { readonly pixels: Pixels; readonly box: Box }

/** Rows of pixels, as one path for each of their colours: they come and go with many a step, and a browser fetches an image anew each time. */
export function PixelRows({ rows, opacity = 1 }: { readonly rows: readonly PixelRow[]; readonly opacity?: number }) {
  const paths = new Map<string, string>()
  for (const { pixels: { width, rgba }, box } of rows) {
    const across = box.w / width
    for (let from = 0, to = 1; from < width; from = to++) {
      const colour = colourAt(rgba, from)
      while (to < width && colourAt(rgba, to) === colour) to++
      if (colour !== null) paths.set(colour, `${paths.get(colour) ?? ''}M${box.x + from * across} ${box.y}h${(to - from) * across}v${box.h}h${(from - to) * across}z`)
    }
  }
  return (
    <g opacity={opacity < 1 ? opacity : undefined} shapeRendering="crispEdges" pointerEvents="none">
      {[...paths].map(([colour, path]) => <path key={colour} d={path} fill={colour} />)}
    </g>
  )
}

/** null: nothing is there. */
const colourAt = (rgba: Uint8Array, i: number): string | null =>
  rgba[i * 4 + 3] === 0 ? null : `#${[0, 1, 2].map((channel) => rgba[i * 4 + channel]!.toString(16).padStart(2, '0')).join('')}`
