/** V13: mmap says yes, the first access says no. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V13', id: 'ttm-importer', title: 'graphics card imports', group: 'Other drivers',
  why: 'A driver on TTM maps any buffer of its own, and an import looks like one: mmap answers an address. But TTM has no pages of an external object for a CPU, so the first access is SIGBUS.',
  who: 'amdgpu, radeon, nouveau, xe', where: 'every Linux with TTM', from: '2012, with PRIME',
  sources: [{ title: 'ttm_bo_vm_fault: external objects', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/ttm/ttm_bo_vm.c' }],
  parts: { flags: 'F0', path: 'N', kernel: 'K52', importer: 'amdgpu' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  scenarios: ['canonical'],
})
