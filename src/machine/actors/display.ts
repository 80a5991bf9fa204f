/**
 * The display: begins a frame with the framebuffer that waits, and reads its pixels from memory.
 * Mirrors: a scan-out engine at vertical blank. Leaves out: every frame in which nothing changes, and the time between two frames.
 */
import { WORDS_PER_PAGE } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import type { Kernel } from '../../kernel/context.ts'
import { flipDone } from '../../kernel/crtc.ts'
import { framesOf } from '../../kernel/frames.ts'
import type { World } from '../../world/world.ts'
import type { Actor } from '../actors.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'display.scanout': { crtc: Id<'crtc'>; fb: Id<'fb'>; pixels: number } }
}
export const says = { 'display.scanout': 'The display reads **{pixels} pixels** of {fb} from memory and shows them.' } as const

const waiting = (world: World): Id<'crtc'> | undefined => world.ids('crtc').find(id => world.get(id).pending !== null)

export default {
  id: 'display',
  ready: (world: World) => waiting(world) !== undefined,
  step(k: Kernel) {
    const { world } = k
    const crtc = waiting(world)!
    const fb = world.get(crtc).pending!
    const { gem, width, height, pitch } = world.get(fb)
    const frames = framesOf(k, gem) ?? []
    const pixels = Uint32Array.from({ length: width * height }, (_, i) => {
      const at = Math.floor(i / width) * (pitch / 4) + (i % width)
      const frame = frames[Math.floor(at / WORDS_PER_PAGE)]
      return frame === undefined || frame < 0 ? 0 : world.word('dram', frame * WORDS_PER_PAGE + (at % WORDS_PER_PAGE))
    })
    world.write('display.shown', 0, pixels)
    world.set(crtc, 'frames', world.get(crtc).frames + 1)
    world.emit('display.scanout', { crtc, fb, pixels: pixels.length })
    flipDone(k, crtc)
  },
} satisfies Actor
