/**
 * vkms before it used the shmem helper: its buffers are a shared-memory file, a page of it is fetched when it is touched.
 * Mirrors: vkms_gem_fault, vkms_gem_free_object, drm_gem_vm_open, drm_gem_vm_close (vkms_gem.c, drm_gem.c, 5.2).
 * Leaves out: its mapping for the kernel.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { gemVmOps } from './gem-vm.ts'
import type { DriverHooks, VmOps } from './hooks.ts'
import { fillFilp, freeShmem, shmemDumbCreate } from './shmem.ts'

const gemOf = (k: Kernel, vma: Id<'vma'>): Id<'gem'> => k.world.get(vma).priv as Id<'gem'>

const vkmsVmOps52: VmOps = {
  ...gemVmOps,
  fault: fn('vkms_gem_fault', (k: Kernel, id: Id<'vma'>, addr: number) => fillFilp(k, gemOf(k, id))[(addr - k.world.get(id).start) / PAGE_SIZE] ?? 'SIGBUS'),
}

/** It cannot share buffers. */
export const vkms52: DriverHooks = {
  modeset: true, fbLeast: 20, prime: false, canExport: false, canImport: false, dumbCreate: shmemDumbCreate('wc'), gemFree: freeShmem, vmOps: 'vkms_gem_vm_ops', ownVmOps: vkmsVmOps52,
}
