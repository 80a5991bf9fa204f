/** Pages as ranges: neighbouring frames are one contiguous piece of memory. */
import { PAGE_SIZE, physAddr, type PhysAddr } from '../base/brand.ts'
import type { Kernel } from '../kernel/context.ts'
import { physOf } from '../kernel/page.ts'

export interface Range { /** Where it begins in the buffer, in bytes. */ readonly at: number; readonly phys: PhysAddr; readonly sizeBytes: number }

/** The piece of memory that holds byte `at` of a buffer and what follows, up to `sizeBytes`; undefined: there is no page. */
export function rangeAt(k: Kernel, frames: readonly number[], at: number, sizeBytes: number): Range | undefined {
  const first = Math.floor(at / PAGE_SIZE)
  const frame = frames[first]
  if (frame === undefined || frame < 0) return undefined
  let n = 1
  while (n * PAGE_SIZE < (at % PAGE_SIZE) + sizeBytes && frames[first + n] === frame + n) n++
  return { at, phys: physAddr(physOf(k, frame) + (at % PAGE_SIZE)), sizeBytes: Math.min(sizeBytes, n * PAGE_SIZE - (at % PAGE_SIZE)) }
}
