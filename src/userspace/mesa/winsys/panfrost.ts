/** panfrost. Mirrors: pan_drm.c of July 2019; pan_bo.c and pan_kmod of today. Leaves out: the cache of buffers; that July 2019 waited for a sync object of the last job, and for no buffer. */
import { buffersOf, rangesOf } from '../job-parts.ts'
import type { Winsys } from '../winsys.ts'

export default {
  driver: 'panfrost',
  imports: ['panfrost_drm_import_bo', 'panfrost_bo_import'],
  maps: ['panfrost_drm_mmap_bo', 'panfrost_bo_mmap'],
  mapsImports2019: true,
  address: { ask: handle => ({ request: 'DRM_IOCTL_PANFROST_GET_BO_OFFSET', arg: { handle } }), of: ({ offset }) => offset! },
  offset: { ask: handle => ({ request: 'DRM_IOCTL_PANFROST_MMAP_BO', arg: { handle, flags: [] } }), of: ({ offset }) => offset! },
  job: {
    submits: ['panfrost_drm_submit_job', 'jm_submit_jc'],
    waits: ['panfrost_drm_force_flush_fragment', 'panfrost_bo_wait'],
    submit: parts => ({ request: 'DRM_IOCTL_PANFROST_SUBMIT', arg: { handles: buffersOf(parts).map(({ handle }) => handle), ops: rangesOf(parts) } }),
    wait: (handle, timeout) => ({ request: 'DRM_IOCTL_PANFROST_WAIT_BO', arg: { handle, timeout } }),
  },
} satisfies Winsys
