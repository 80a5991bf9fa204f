/** lima. Mirrors: lima_bo.c, lima_submit.c and lima_job.c (Mesa). Leaves out: frame descriptors; a job is the ranges that it touches. */
import { buffersOf, rangesOf } from '../job-parts.ts'
import type { Winsys } from '../winsys.ts'

const info = (handle: number) => ({ request: 'DRM_IOCTL_LIMA_GEM_INFO', arg: { handle } })
/** Who wants to write waits for readers too. */
const wait = (handle: number, timeout: number) => ({ request: 'DRM_IOCTL_LIMA_GEM_WAIT', arg: { handle, op: ['LIMA_GEM_WAIT_WRITE'], timeout } })

export default {
  driver: 'lima',
  imports: ['lima_bo_import', 'lima_bo_import'],
  maps: ['lima_bo_map', 'lima_bo_map'],
  address: { ask: info, of: ({ va }) => va! },
  offset: { ask: info, of: ({ offset }) => offset! },
  prep: handle => wait(handle, Number.MAX_SAFE_INTEGER),
  job: {
    submits: ['lima_submit_start', 'lima_job_start'],
    waits: ['lima_bo_wait', 'lima_bo_wait'],
    submit: parts => ({
      request: 'DRM_IOCTL_LIMA_GEM_SUBMIT', arg: { bos: buffersOf(parts).map(({ handle, write }) => ({ handle, flags: write ? ['LIMA_SUBMIT_BO_WRITE'] : ['LIMA_SUBMIT_BO_READ'] })), ops: rangesOf(parts) },
    }),
    wait,
  },
} satisfies Winsys
