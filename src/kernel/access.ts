/**
 * Who may make which DRM call.
 * Mirrors: drm_ioctl_permit (drm_ioctl.c). Leaves out: masters, leases, capabilities of users other than root.
 */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { fail, type Fail } from './fail.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'ioctl.refused.render': { file: Id<'file'>; ioctl: string }
    'ioctl.refused.auth': { file: Id<'file'>; ioctl: string }
    'ioctl.refused.kind': { file: Id<'file'>; ioctl: string }
    'ioctl.refused.driver': { device: Id<'device'>; ioctl: string }
  }
}
export const says: Says = {
  'ioctl.refused.render': '**{ioctl} is not for render nodes**: EACCES.',
  'ioctl.refused.auth': '{ioctl} needs an **authenticated** open of the card, and {file} is not: EACCES.',
  'ioctl.refused.kind': '{file} is of another kind and **knows no {ioctl}**: ENOTTY.',
  'ioctl.refused.driver': 'The driver of {device} **has no {ioctl}**: EINVAL.',
}

const drmFile = (k: Kernel, file: Id<'file'>) => k.world.get(k.world.get(file).priv as Id<'drm_file'>)

export function permit(k: Kernel, file: Id<'file'>, { name, render, auth }: { name: string; render?: boolean; auth?: boolean }): void | Fail {
  const open = drmFile(k, file)
  if (auth && !open.render && !open.authenticated) {
    k.world.emit('ioctl.refused.auth', { file, ioctl: name })
    return fail('EACCES')
  }
  if (open.render && !render) {
    k.world.emit('ioctl.refused.render', { file, ioctl: name })
    return fail('EACCES')
  }
}

/** 5.2: sharing on a card is for authenticated files. */
export const permitPrime52 = (k: Kernel, file: Id<'file'>): void | Fail => permit(k, file, { name: 'PRIME', render: true, auth: true })
/** Today: for everybody. */
export const permitPrimeNow = (): void => undefined
