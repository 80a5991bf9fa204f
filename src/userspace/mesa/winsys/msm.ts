/** msm. Mirrors: freedreno_bo.c, msm_bo.c, msm_ringbuffer.c (freedreno/drm in Mesa). Leaves out: commands of a ring; a job is the ranges that it touches. */
import { buffersOf, rangesOf } from '../job-parts.ts'
import type { Winsys } from '../winsys.ts'

const NO_END = Number.MAX_SAFE_INTEGER
const tells = (info: string) => ({ ask: (handle: number) => ({ request: 'DRM_IOCTL_MSM_GEM_INFO', arg: { handle, info, len: 0, pad: 0 } }), of: ({ value }: Readonly<Record<string, number>>) => value! })

export default {
  driver: 'msm',
  imports: ['fd_bo_from_dmabuf', 'fd_bo_from_dmabuf'],
  maps: ['fd_bo_map', 'fd_bo_map'],
  address: tells('MSM_INFO_GET_IOVA'),
  offset: tells('MSM_INFO_GET_OFFSET'),
  prep: handle => ({ request: 'DRM_IOCTL_MSM_GEM_CPU_PREP', arg: { handle, op: ['MSM_PREP_READ', 'MSM_PREP_WRITE'], timeout: NO_END } }),
  fini: handle => ({ request: 'DRM_IOCTL_MSM_GEM_CPU_FINI', arg: { handle } }),
  job: {
    submits: ['fd_submit_flush', 'fd_submit_flush'],
    waits: ['fd_bo_cpu_prep', 'fd_bo_cpu_prep'],
    submit: parts => ({
      request: 'DRM_IOCTL_MSM_GEM_SUBMIT', arg: { bos: buffersOf(parts).map(({ handle, write }) => ({ handle, flags: write ? ['MSM_SUBMIT_BO_WRITE'] : ['MSM_SUBMIT_BO_READ'] })), ops: rangesOf(parts) },
    }),
    // Who wants to write waits for readers too.
    wait: (handle, timeout) => ({ request: 'DRM_IOCTL_MSM_GEM_CPU_PREP', arg: { handle, op: timeout === 0 ? ['MSM_PREP_WRITE', 'MSM_PREP_NOSYNC'] : ['MSM_PREP_WRITE'], timeout } }),
  },
} satisfies Winsys
