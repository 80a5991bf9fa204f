/**
 * The display: begins a frame with the framebuffer that waits, and reads its pixels from memory.
 * Mirrors: a scan-out engine at vertical blank. Leaves out: every frame in which nothing changes, the time between two frames,
 * and modes: the panel is as large as the picture that is flipped to.
 */
import { PAGE_SIZE, WORD_SIZE, type PhysAddr } from '../../base/brand.ts'
import { DISPLAY_SHOWN } from '../../journal/areas.ts'
import type { Id } from '../../journal/vocabulary.ts'
import type { Kernel } from '../../kernel/context.ts'
import { flipDone } from '../../kernel/crtc.ts'
import { partyOf } from '../../kernel/dma-map.ts'
import { framesOf } from '../../kernel/frames.ts'
import type { World } from '../../world/world.ts'
import type { Actor } from '../actors.ts'
import { rangeAt } from '../ranges.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'display.scanout': { crtc: Id<'crtc'>; fb: Id<'fb'>; pixels: number } }
}
export const says = { 'display.scanout': 'The display reads **{pixels} pixels** of {fb} from memory and shows them.' } as const

const waiting = (world: World): Id<'crtc'> | undefined => world.ids('crtc').find(id => world.get(id).pending !== null)

type Piece = { readonly phys: PhysAddr; readonly sizeBytes: number } | null
/** Where the bytes of a buffer lie for this display: by the range of addresses that its driver was given, through the IOMMU, or page by page. */
function piecesOf(k: Kernel, gem: Id<'gem'>): (at: number, sizeBytes: number) => Piece {
  const { device, dmaAddr } = k.world.get(gem)
  const { iommu } = k.drivers[device]!
  if (iommu && dmaAddr !== null) return (at, sizeBytes) => iommu.reach(k, device, dmaAddr + at, sizeBytes, 'read')
  const frames = framesOf(k, gem) ?? []
  return (at, sizeBytes) => rangeAt(k, frames, at, sizeBytes) ?? null
}

/** Bytes of a buffer as the display's way to memory gives them; where there is no page, black. */
function scan(k: Kernel, party: string, gem: Id<'gem'>, sizeBytes: number): Uint32Array {
  const words = new Uint32Array(Math.ceil(sizeBytes / 4))
  const bytes = new Uint8Array(words.buffer)
  const pieceAt = piecesOf(k, gem)
  for (let at = 0; at < sizeBytes; ) {
    const range = pieceAt(at, sizeBytes - at)
    if (range) bytes.set(k.hw.deviceRead(party, range.phys, range.sizeBytes), at)
    at += range?.sizeBytes ?? PAGE_SIZE
  }
  return words
}

/** Rows of a picture without what lies in memory between them. */
function withoutEnds(picture: Uint32Array, width: number, height: number, pitch: number): Uint32Array {
  const pixels = new Uint32Array(width * height)
  for (let y = 0; y < height; y++) pixels.set(picture.subarray((y * pitch) / WORD_SIZE, (y * pitch) / WORD_SIZE + width), y * width)
  return pixels
}

export default {
  id: 'display',
  ready: (world: World) => waiting(world) !== undefined,
  step(k: Kernel) {
    const { world } = k
    const crtc = waiting(world)!
    const fb = world.get(crtc).pending!
    const { gem, device, width, height, pitch } = world.get(fb)
    const picture = scan(k, partyOf(k, device), gem, pitch * height)
    const pixels = pitch === width * WORD_SIZE ? picture : withoutEnds(picture, width, height, pitch)
    world.write(DISPLAY_SHOWN, 0, pixels, true)
    world.set(crtc, 'width', width)
    world.set(crtc, 'height', height)
    world.set(crtc, 'frames', world.get(crtc).frames + 1)
    world.emit('display.scanout', { crtc, fb, pixels: pixels.length })
    flipDone(k, crtc)
  },
} satisfies Actor
