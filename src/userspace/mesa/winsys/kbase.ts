/**
 * The user space of kbase is Arm's own and closed; it stands where Mesa's winsys stands for the others. Mirrors: nothing that could be read: the names of its
 * functions are ours. Leaves out: everything but the order of its calls.
 */
import { buffersOf, rangesOf } from '../job-parts.ts'
import type { Winsys } from '../winsys.ts'

const at = { ask: (handle: number) => ({ request: 'KBASE_IOCTL_MEM_IMPORT', arg: { handle } }), of: ({ gpu_va: va }: Readonly<Record<string, number>>) => va! }

export default {
  driver: 'kbase',
  imports: ['ddk_import_dma_buf', 'ddk_import_dma_buf'],
  maps: ['ddk_map', 'ddk_map'],
  address: at,
  // The node is mapped at the address on the GPU.
  offset: at,
  job: {
    submits: ['ddk_submit', 'ddk_submit'],
    waits: ['ddk_wait', 'ddk_wait'],
    submit: parts => ({ request: 'KBASE_IOCTL_JOB_SUBMIT', arg: { bos: buffersOf(parts), ops: rangesOf(parts) } }),
    wait: handle => ({ request: 'KBASE_EVENT', arg: { handle } }),
  },
} satisfies Winsys
