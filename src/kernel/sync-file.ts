/** Sync files: fences as a descriptor. Mirrors: sync_file_create, sync_file_release (sync_file.c). Leaves out: merging, fence arrays as fences. */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { createStub, putFence } from './fence.ts'
import { createFile } from './file.ts'
import { drop, take } from './ref.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'sync_file.create': { syncFile: Id<'sync_file'>; fences: number }; 'sync_file.free': { syncFile: Id<'sync_file'> } }
}
export const says: Says = {
  'sync_file.create': 'A sync file stands for **{fences} {fences#fence|fences}**.',
  'sync_file.free': '{syncFile} is gone.',
}

export function createSyncFile(k: Kernel, pending: readonly Id<'fence'>[]): Id<'file'> {
  const { world } = k
  const fences = pending.length ? pending : [createStub(k)]
  const syncFile = world.create(world.newId('sync_file'), { fences })
  world.emit('sync_file.create', { syncFile, fences: fences.length })
  for (const fence of fences) take(world, syncFile, `fence ${fence}`, fence, 'refcount')
  const file = createFile(k, { kind: 'sync_file', name: 'sync_file', fmode: { read: true, write: false }, priv: syncFile })
  take(world, file, 'private_data', syncFile, '')
  return file
}

export function releaseSyncFile(k: Kernel, file: Id<'file'>): void {
  const syncFile = k.world.get(file).priv as Id<'sync_file'>
  for (const fence of k.world.get(syncFile).fences) putFence(k, syncFile, `fence ${fence}`)
  drop(k.world, file, 'private_data')
  k.world.remove(syncFile)
  k.world.emit('sync_file.free', { syncFile })
}
