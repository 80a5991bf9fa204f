/** v3d. Mirrors: v3d_bufmgr.c, v3d_job_submit (Mesa). Leaves out: command lists; a job is the ranges that it touches. */
import { buffersOf, rangesOf } from '../job-parts.ts'
import type { Winsys } from '../winsys.ts'

export default {
  driver: 'v3d',
  imports: ['v3d_bo_open_dmabuf', 'v3d_bo_open_dmabuf'],
  maps: ['v3d_bo_map', 'v3d_bo_map'],
  address: { ask: handle => ({ request: 'DRM_IOCTL_V3D_GET_BO_OFFSET', arg: { handle } }), of: ({ offset }) => offset! },
  offset: { ask: handle => ({ request: 'DRM_IOCTL_V3D_MMAP_BO', arg: { handle, flags: [] } }), of: ({ offset }) => offset! },
  prep: handle => ({ request: 'DRM_IOCTL_V3D_WAIT_BO', arg: { handle, pad: 0, timeout: Number.MAX_SAFE_INTEGER } }),
  job: {
    submits: ['v3d_job_submit', 'v3d_job_submit'],
    waits: ['v3d_bo_wait', 'v3d_bo_wait'],
    submit: parts => ({ request: 'DRM_IOCTL_V3D_SUBMIT_CL', arg: { handles: buffersOf(parts).map(({ handle }) => handle), flags: [], ops: rangesOf(parts) } }),
    wait: (handle, timeout) => ({ request: 'DRM_IOCTL_V3D_WAIT_BO', arg: { handle, pad: 0, timeout } }),
  },
} satisfies Winsys
