/** etnaviv. Mirrors: etnaviv_bo.c, etnaviv_cmd_stream.c (drm/etnaviv in Mesa). Leaves out: commands of a stream; a job is its relocations: ranges of buffers. */
import { buffersOf } from '../job-parts.ts'
import type { Winsys } from '../winsys.ts'

const NO_END = Number.MAX_SAFE_INTEGER

export default {
  driver: 'etnaviv',
  imports: ['etna_bo_from_dmabuf', 'etna_bo_from_dmabuf'],
  maps: ['etna_bo_map', 'etna_bo_map'],
  offset: { ask: handle => ({ request: 'DRM_IOCTL_ETNAVIV_GEM_INFO', arg: { handle, pad: 0 } }), of: ({ offset }) => offset! },
  prep: handle => ({ request: 'DRM_IOCTL_ETNAVIV_GEM_CPU_PREP', arg: { handle, op: ['ETNA_PREP_READ', 'ETNA_PREP_WRITE'], timeout: NO_END } }),
  fini: handle => ({ request: 'DRM_IOCTL_ETNAVIV_GEM_CPU_FINI', arg: { handle, flags: [] } }),
  job: {
    submits: ['etna_cmd_stream_flush', 'etna_cmd_stream_flush'],
    waits: ['etna_bo_cpu_prep', 'etna_bo_cpu_prep'],
    submit: parts => ({
      request: 'DRM_IOCTL_ETNAVIV_GEM_SUBMIT', arg: {
        bos: buffersOf(parts).map(({ handle, write }) => ({ handle, flags: write ? ['ETNA_SUBMIT_BO_WRITE'] : ['ETNA_SUBMIT_BO_READ'] })),
        // An address that was written out is given as it is; there is no buffer to find it by.
        relocs: parts.filter(({ op }) => op !== 'uses').map(({ op, handle, gpuVa, sizeBytes, pattern }) => ({ op, handle, offset: handle === null ? gpuVa : 0, sizeBytes, pattern })),
      },
    }),
    // Who wants to write waits for readers too.
    wait: (handle, timeout) => ({ request: 'DRM_IOCTL_ETNAVIV_GEM_CPU_PREP', arg: { handle, op: timeout === 0 ? ['ETNA_PREP_WRITE', 'ETNA_PREP_NOSYNC'] : ['ETNA_PREP_WRITE'], timeout } }),
  },
} satisfies Winsys
