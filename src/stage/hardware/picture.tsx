/** Pixels as a party holds them: exact, square and never smoothed. */
import type { Box } from '../places.ts'
import { dataUriOf, type Pixels } from './png.ts'

const SHARP = { imageRendering: 'pixelated' } as const

export function Picture({ pixels, box, opacity }: { readonly pixels: Pixels; readonly box: Box; readonly opacity?: number }) {
  return <image href={dataUriOf(pixels)} x={box.x} y={box.y} width={box.w} height={box.h} preserveAspectRatio="none" opacity={opacity} style={SHARP} pointerEvents="none" />
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
