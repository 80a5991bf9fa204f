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
