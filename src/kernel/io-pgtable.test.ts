/** Ranges of any place and length, mapped in runs of pages and blocks and taken away again, as chance has it: the GPU finds the right byte, or nothing. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gpuTranslate, isGpuFault } from '../hardware/gpu-mmu.ts'
import { Memory } from '../hardware/memory.ts'
import { MIB2, runsOf } from '../hardware/page-table/mali.ts'
import { World } from '../world/world.ts'
import { bootKernel } from './boot.ts'
import { flavours } from './flavours.ts'
import { mapPages, unmapPages } from './io-pgtable.ts'
import { flushRange, SPACE } from './panfrost-mmu.ts'

const PAGE = 4096
const SLOT = 8 * MIB2
const MMU = 'gpu_mmu:card0'
const DATA = { attrIndex: 1, shareability: 2, write: true, exec: false }

function machine(coherent: boolean) {
  const world = new World()
  const hw = new Memory(world, {
    id: 'test', title: '', cls: coherent ? 'IOC' : 'NC', devCls: {}, dtCoherent: {}, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: false, walkCoherent: coherent, cores: 1, dramBase: 0x8000_0000, leavesOut: '',
  })
  const k = bootKernel(world, hw, flavours.KNOW!, [{ driver: 'panfrost', card: 'card0', render: 'renderD128' }]).context('task:boot')
  const at = (gpuVa: number, sizeBytes: number): { phys: number; sizeBytes: number } | null => {
    const found = gpuTranslate(world, hw, { space: SPACE, transtab: world.get(MMU).transtab }, gpuVa, sizeBytes, 'read')
    return isGpuFault(found) ? null : found
  }
  return { world, k, at }
}

// Places that fit blocks on both sides, on one of them, and on none.
const place = fc.oneof(fc.constantFrom(0, MIB2), fc.nat(600).map(n => n * PAGE))
const length = fc.oneof(fc.constantFrom(1, 2, 511, 512, 513, 1024), fc.integer({ min: 1, max: 1100 })).map(n => n * PAGE)
const step = fc.record({ slot: fc.nat(3), iova: place, phys: place, length })

test.each([false, true])('coherent walks: %s', coherent => {
  fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), fc.array(fc.tuple(fc.nat(3), fc.nat(SLOT - 1)), { maxLength: 30 }), (steps, asked) => {
    const { world, k, at } = machine(coherent)
    const mapped = new Map<number, { iova: number; phys: number; length: number }>()
    for (const { slot, iova, phys, length: sizeBytes } of steps) {
      const had = mapped.get(slot)
      if (had) {
        unmapPages(k, MMU, had.iova, had.length)
        flushRange(k, MMU, had.iova, had.length)
        mapped.delete(slot)
        continue
      }
      const now = { iova: 0x800_0000 + slot * SLOT + iova, phys: 0x1_0000_0000 + slot * SLOT + phys, length: sizeBytes }
      let done = 0
      for (const run of runsOf(now.iova, now.phys, sizeBytes)) {
        mapPages(k, MMU, now.iova + done, now.phys + done, run, DATA)
        done += run.sizeBytes * run.count
      }
      flushRange(k, MMU, now.iova, sizeBytes)
      mapped.set(slot, now)
    }
    for (const [slot, offset] of asked) {
      const gpuVa = 0x800_0000 + slot * SLOT + offset
      const inside = [...mapped.values()].find(({ iova, length: sizeBytes }) => gpuVa >= iova && gpuVa < iova + sizeBytes)
      const found = at(gpuVa, 3 * PAGE)
      if (!inside) expect(found).toBeNull()
      else expect(found).toMatchObject({ phys: inside.phys + gpuVa - inside.iova, sizeBytes: Math.min(3 * PAGE, inside.iova + inside.length - gpuVa) })
    }
    expect(world.untold).toBe(false)
  }), { numRuns: 25 })
})
