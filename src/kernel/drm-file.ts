/**
 * An open of a DRM node: a table of handles, a PRIME cache, and who may do what.
 * Mirrors: drm_open_helper, drm_file_alloc, drm_release, drm_file_free (drm_file.c), drm_master_open (drm_auth.c), drm_ioctl_permit (drm_ioctl.c).
 * Leaves out: events, masters beyond authentication and the old ioctls, leases, syncobjs, property blobs.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { createFile } from './file.ts'
import { removeFramebuffers } from './framebuffer.ts'
import { releaseHandle } from './gem.ts'
import { drop, take } from './ref.ts'
import { signalFence, putFence } from './fence.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'drm.open': { drmFile: Id<'drm_file'>; device: Id<'device'>; node: string }
    'drm.release': { drmFile: Id<'drm_file'>; device: Id<'device'> }
  }
}
export const says: Says = {
  'drm.open': '{node} is open: **an empty handle table** of its own on {device}.',
  'drm.release': 'The last reference to this open of {device} is gone: **all its handles go**.',
}

export const openDrm = fn('drm_open', (k: Kernel, device: Id<'device'>, render: boolean, fmode: { read: boolean; write: boolean }): Id<'file'> => {
  const { world } = k
  const { card, render: renderName, opens } = world.get(device)
  const drmFile = world.newId('drm_file')
  world.set(device, 'opens', opens + 1)
  const master = !render && !world.ids('drm_file').some(id => world.get(id).device === device && world.get(id).master)
  world.create(drmFile, { device, render, master, authenticated: world.get(k.task).uid === 0 || master, handles: {}, prime: [], fences: {} })
  const node = render ? renderName! : card
  world.emit('drm.open', { drmFile, device, node })
  const file = createFile(k, { kind: 'drm', name: node, fmode, priv: drmFile })
  take(world, file, 'private_data', drmFile, '')
  return file
})

export const releaseDrmFile = fn('drm_release', (k: Kernel, file: Id<'file'>) => {
  const { world } = k
  const drmFile = world.get(file).priv as Id<'drm_file'>
  const { device } = world.get(drmFile)
  removeFramebuffers(k, drmFile)
  const { handles } = world.get(drmFile)
  for (const handle of Object.keys(handles).map(Number).sort((a, b) => a - b)) releaseHandle(k, drmFile, handle, handles[handle]!)
  k.drivers[device]!.postClose?.(k, drmFile)
  for (const [n, fence] of Object.entries(world.get(drmFile).fences)) {
    if (fence === null) continue
    signalFence(k, fence)
    putFence(k, drmFile, `fence ${n}`)
  }
  drop(world, file, 'private_data')
  world.remove(drmFile)
  world.set(device, 'opens', world.get(device).opens - 1)
  world.emit('drm.release', { drmFile, device })
})
