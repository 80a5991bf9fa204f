/** Kernels with one mistake each. The recordings must tell every one of them from the real kernel. */
import { expect, test } from 'vitest'
import { ownRecording } from '../cli/recording-files.ts'
import { replay } from '../recordings/replay.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { fail } from './fail.ts'
import { flavours } from './flavours.ts'
import { gemMmapObjNow } from './gem-mmap.ts'
import { drmFileOf } from './node.ts'
import type { KernelParts } from './parts.ts'
import { World } from '../world/world.ts'
import { take } from './ref.ts'
import { exactOffsetLookup, isAllowed } from './vma-offset.ts'

const { K52, K61, KRFC } = flavours as Readonly<Record<'K52' | 'K61' | 'KRFC', KernelParts>>

const found = (name: string, parts: KernelParts): number => {
  const recording = ownRecording(name)
  return recording.sequences.filter(s => {
    const world = new World({ history: 'none' })
    const { at, why } = replay(recording, s, parts, world)
    return at >= 0 || why !== '' || (world.ids('gem').length > 0 && !s.left)
  }).length
}

/** drm_gem_mmap with the two checks the other way round, or without the second. */
const mmapWith = (order: 'swapped' | 'no allow list') => (k: Kernel, file: Id<'file'>, vma: Id<'vma'>) => {
  const drmFile = drmFileOf(k, file)
  const { start, end, pgoff } = k.world.get(vma)
  const gem = exactOffsetLookup(k, k.world.get(drmFile).device, pgoff, (end - start) / 4096)
  if (order === 'swapped' && (!gem || !isAllowed(k, gem, drmFile))) return fail('EACCES')
  return gem ? gemMmapObjNow(k, gem, vma) : fail('EINVAL')
}

const mutants: [string, string, KernelParts][] = [
  ['a PRIME cache entry is never put', '6.1.192/scenarios', { ...K61, removeBufHandle: () => undefined }],
  ['the entry goes by buffer, as in 5.2', '6.1.192/fuzz-a-01', { ...K61, removeBufHandle: K52.removeBufHandle }],
  ['no object at an offset is a matter of rights', '6.1.192/scenarios', { ...K61, gemMmap: mmapWith('swapped') }],
  ['everybody may map everything', '6.1.192/scenarios', { ...K61, gemMmap: mmapWith('no allow list') }],
  ['a poll holds nothing', '6.1.192/scenarios', { ...K61, pollHoldsFile: false }],
  ['ordinary users may share on cards', '5.2.1/scenarios', { ...K52, permitPrime: K61.permitPrime }],
  ['the page comes from the offset', '6.1.192/scenarios', { ...K61, vmOps: K52.vmOps }],
  ['a redirected area forgets the buffer behind it', '6.1.192/scenarios', { ...K61, dmaBufMmap: (k, dmaBuf, vma) => k.parts.gemDmabufMmap(k, dmaBuf, vma) }],
  ['closing an area drops no pages', '5.2.1/scenarios', { ...K52, vmOps: { ...K52.vmOps, drm_gem_shmem_vm_ops: { ...K52.vmOps.drm_gem_shmem_vm_ops, close: () => undefined } } }],
  ['opening an area takes one too many', '6.1.192/scenarios', {
    ...K61, vmOps: { ...K61.vmOps, drm_gem_shmem_vm_ops: { ...K61.vmOps.drm_gem_shmem_vm_ops, open: (k, vma) => {
      K61.vmOps.drm_gem_shmem_vm_ops!.open!(k, vma)
      take(k.world, vma, 'too many', k.world.get(vma).priv as Id<'gem'>, 'refcount')
    } } },
  }],
  ['the patch without its leak', '5.2.1-patched/scenarios', { ...KRFC, gemMmap: K52.gemMmap, gemMmapHelper: K52.gemMmapHelper }],
]

test('without a mistake all agree', () => {
  expect([found('6.1.192/scenarios', K61), found('6.1.192/fuzz-a-01', K61), found('5.2.1/scenarios', K52), found('5.2.1-patched/scenarios', KRFC)]).toEqual([0, 0, 0, 0])
})

test.each(mutants)('%s', (_title, name, parts) => {
  let caught: number
  try {
    caught = found(name, parts)
  } catch {
    caught = 1
  }
  expect(caught).toBeGreaterThan(0)
})
