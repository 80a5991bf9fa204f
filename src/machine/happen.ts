/**
 * Spontaneous events of the hardware that a program's text places between its calls: through a mapping of the process, at the
 * pages it shows now. Answers why nothing happened, where nothing did: such a line is passed over in silence.
 * Mirrors: eviction, speculative fills, draining of write-combine buffers. Leaves out: why hardware would do it just then; a stride begins again where memory is not in one piece.
 */
import { PAGE_SIZE, physAddr } from '../base/brand.ts'
import { fill } from '../base/fill.ts'
import type { Kernel } from '../kernel/context.ts'
import type { Attr } from '../kernel/objects.ts'
import { coreOf, physOf } from '../kernel/page.ts'
import { ptesIn } from '../kernel/pgtable.ts'
import { WHOLE_SPACE } from '../hardware/tlb.ts'
import type { Ask } from '../userspace/call.ts'
import { SENTENCES } from './sentences.ts'

type Asked = Extract<Ask, { ask: 'hardware' }>

export function happen(k: Kernel, { event, addr, size, stride, run }: Asked): string | null {
  const { hw } = k
  if (event === 'drain') return hw.barrier(coreOf(k), 'by itself') > 0 ? null : 'nothing waits in the write-combine buffer'
  const some = stride > 0 ? { everyBytes: stride, runBytes: run } : undefined
  let moved = 0
  let attr: Attr | null = null
  const end = Math.min(addr + size, WHOLE_SPACE)
  const from = addr - (addr % PAGE_SIZE)
  const found = addr < 0 ? [] : ptesIn(k, from, end + ((PAGE_SIZE - (end % PAGE_SIZE)) % PAGE_SIZE))
  for (let i = 0; i < found.length; ) {
    const { addr: page, pte } = found[i]!
    attr = pte.attr
    // Neighbouring frames are one range, hence one event.
    let n = 1
    while (found[i + n]?.addr === page + n * PAGE_SIZE && found[i + n]!.pte.frame === pte.frame + n && found[i + n]!.pte.attr === attr) n++
    const start = Math.max(addr, page)
    const sizeBytes = Math.min(end, page + n * PAGE_SIZE) - start
    const phys = physAddr(physOf(k, pte.frame) + start - page)
    if (event === 'gpu_evict') moved += hw.gpuEvict(phys, sizeBytes, some)
    else if (event === 'evict_linear') moved += hw.platform.linAlias === 'wb' ? hw.evict(phys, sizeBytes, some) : 0
    else if (attr === 'wb') moved += event === 'evict' ? hw.evict(phys, sizeBytes, some) : hw.prefetch(phys, sizeBytes, true, some)
    i += n
  }
  if (moved > 0) return null
  if (attr === null) return 'the mapping shows no page yet'
  return (event === 'evict' || event === 'prefetch') && attr !== 'wb' ? fill(SENTENCES.noCacheFill, { attr }) : 'no line is there to move'
}
