/**
 * KBASE_IOCTL_JOB_SUBMIT: a job for the GPU.
 * Mirrors: kbase_api_job_submit.
 * Leaves out: chains of atoms and what they depend on. Its fences are seen by others here, so that somebody can wait for the end.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { lookupGem } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { pushJob, type JobBo, type JobOps } from '../job.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface JobSubmit { readonly bos: readonly { readonly handle: number; readonly write: boolean }[]; readonly ops: JobOps }

export default ioctl<JobSubmit>({
  name: 'KBASE_IOCTL_JOB_SUBMIT',
  on: 'drm',
  driver: 'kbase',
  render: true,
  run: fn('kbase_api_job_submit', (k: Kernel, file: Id<'file'>, { bos, ops }: JobSubmit): Outcome => {
    const found: JobBo[] = []
    for (const { handle, write } of bos) {
      const gem = lookupGem(k, drmFileOf(k, file), handle)
      if (isFail(gem)) return gem
      found.push({ gem, usage: write ? 'write' : 'read', afterReaders: write })
    }
    pushJob(k, deviceOf(k, file), ops, found)
    return done(0)
  }),
})
