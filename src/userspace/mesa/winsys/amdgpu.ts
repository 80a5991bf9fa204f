/** amdgpu. Mirrors: amdgpu_bo.c (radeonsi's winsys), amdgpu_bo_cpu_map (libdrm). Leaves out: jobs, and addresses on the GPU, which this user space would choose itself. */
import type { Winsys } from '../winsys.ts'

export default {
  driver: 'amdgpu',
  imports: ['amdgpu_bo_from_handle', 'amdgpu_bo_from_handle'],
  maps: ['amdgpu_bo_map', 'amdgpu_bo_map'],
  offset: { ask: handle => ({ request: 'DRM_IOCTL_AMDGPU_GEM_MMAP', arg: { handle } }), of: ({ addr_ptr: offset }) => offset! },
} satisfies Winsys
