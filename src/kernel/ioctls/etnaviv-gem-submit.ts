/**
 * DRM_IOCTL_ETNAVIV_GEM_SUBMIT: a job for the GPU. Buffers are named with what the job does to them, get their place on the GPU now, and
 * their addresses are put into the job by the kernel.
 * Mirrors: etnaviv_ioctl_gem_submit, submit_lookup_objects, submit_pin_objects, submit_reloc, submit_fence_sync (etnaviv_gem_submit.c).
 * Leaves out: the command stream and its check, sync files in and out, sizes and pipes; a range here may be an address written out.
 */
import { fn, type Kernel } from '../context.ts'
import { mapGem } from '../drivers/etnaviv.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { lookupBos, refuseArgument, type SubmitBo } from '../gem-ioctl.ts'
import { ioctl } from '../ioctl.ts'
import { pushJob, type JobOps } from '../job.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface Reloc { readonly op: 'read' | 'write'; readonly handle: number | null; readonly offset: number; readonly sizeBytes: number; readonly pattern: string | null }
interface Submit { readonly bos: readonly SubmitBo[]; readonly relocs: readonly Reloc[] }

export default ioctl<Submit>({
  name: 'DRM_IOCTL_ETNAVIV_GEM_SUBMIT',
  on: 'drm',
  driver: 'etnaviv',
  render: true,
  run: fn('etnaviv_ioctl_gem_submit', (k: Kernel, file: Id<'file'>, { bos, relocs }: Submit): Outcome => {
    const found = lookupBos(k, drmFileOf(k, file), bos, ['ETNA_SUBMIT_BO_READ', 'ETNA_SUBMIT_BO_WRITE'], 'EINVAL')
    if (isFail(found)) return found
    for (const { gem } of found) {
      const refused = mapGem(k, gem)
      if (isFail(refused)) return refused
    }
    const ops: JobOps[number][] = []
    for (const { op, handle, offset, sizeBytes, pattern } of relocs) {
      const at = bos.findIndex(bo => bo.handle === handle)
      if (handle !== null && at < 0) return refuseArgument(k, 'reloc_idx', handle)
      const { gpuVa, sizeBytes: whole } = handle === null ? { gpuVa: 0, sizeBytes: Infinity } : k.world.get(found[at]!.gem)
      if (offset >= whole) return refuseArgument(k, 'reloc_offset', offset)
      ops.push({ op, gpuVa: gpuVa! + offset, sizeBytes, pattern })
    }
    pushJob(k, deviceOf(k, file), ops, found)
    return done(0)
  }),
})
