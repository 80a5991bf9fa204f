/** The lines of buffers on which something may happen by itself: the first ones of every buffer that there is. */
import { LINES_PER_PAGE, PAGE_SIZE } from '../base/brand.ts'
import type { Platform } from '../hardware/hardware.ts'
import { framesBehindBuffer, framesOf, hasPages } from '../journal/buffer-pages.ts'
import type { World } from '../world/world.ts'

/** In order, each once. `most`: so many of each buffer. */
export function linesOf(world: World, { dramBase }: Platform, most: number): number[] {
  const firstPfn = dramBase / PAGE_SIZE
  const found = new Set<number>()
  for (const id of world.records.keys()) {
    if (!hasPages(id)) continue
    const frames = id.startsWith('gem:') ? framesOf(world, firstPfn, id) : framesBehindBuffer(world, firstPfn, id)
    for (let i = 0; i < frames.length && i * LINES_PER_PAGE < most; i++) {
      for (let line = 0; frames[i]! >= 0 && line < Math.min(LINES_PER_PAGE, most - i * LINES_PER_PAGE); line++) found.add(frames[i]! * LINES_PER_PAGE + line)
    }
  }
  return [...found].sort((a, b) => a - b)
}
