/**
 * Spontaneous events of the hardware that a program's text places between its calls: through a mapping of the process, at the
 * pages it shows now. Answers why nothing happened, where nothing did: such a line is passed over in silence.
 * Mirrors: eviction, speculative fills, draining of write-combine buffers. Leaves out: why hardware would do it just then; a stride begins again where memory is not in one piece.
 */
import { PAGE_SIZE, physAddr } from '../base/brand.ts'
import type { Kernel } from '../kernel/context.ts'
import type { Attr } from '../kernel/objects.ts'
import { coreOf, physOf } from '../kernel/page.ts'
import { getPte } from '../kernel/pgtable.ts'
import type { Ask } from '../userspace/call.ts'

type Asked = Extract<Ask, { ask: 'hardware' }>

export function happen(k: Kernel, { event, addr, size, stride, run }: Asked): string | null {
  const { hw } = k
  if (event === 'drain') return hw.barrier(coreOf(k), 'by itself') > 0 ? null : 'nothing waits in the write-combine buffer'
  const some = stride > 0 ? { everyBytes: stride, runBytes: run } : undefined
  let moved = 0
  let attr: Attr | null = null
  for (let at = 0; at < size; ) {
    const offset = (addr + at) % PAGE_SIZE
    const pte = getPte(k, addr + at - offset)
    let sizeBytes = Math.min(size - at, PAGE_SIZE - offset)
    if (pte) {
      attr = pte.attr
      // Neighbouring frames are one range, hence one event.
      for (let n = 1; at + sizeBytes < size; n++) {
        const next = getPte(k, addr + at - offset + n * PAGE_SIZE)
        if (next?.frame !== pte.frame + n || next.attr !== attr) break
        sizeBytes = Math.min(size - at, (n + 1) * PAGE_SIZE - offset)
      }
      const phys = physAddr(physOf(k, pte.frame) + offset)
      if (event === 'gpu_evict') moved += hw.gpuEvict(phys, sizeBytes, some)
      else if (event === 'evict_linear') moved += hw.platform.linAlias === 'wb' ? hw.evict(phys, sizeBytes, some) : 0
      else if (attr === 'wb') moved += event === 'evict' ? hw.evict(phys, sizeBytes, some) : hw.prefetch(phys, sizeBytes, true, some)
    }
    at += sizeBytes
  }
  if (moved > 0) return null
  if (attr === null) return 'the mapping shows no page yet'
  return (event === 'evict' || event === 'prefetch') && attr !== 'wb' ? `nothing comes into the cache through this mapping (${attr})` : 'no line is there to move'
}
