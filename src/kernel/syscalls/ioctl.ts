/**
 * ioctl(2): finds the call that an open file answers, and asks who may make it. Each call has a file in ioctls/.
 * Mirrors: vfs_ioctl, drm_ioctl (its table and drm_ioctl_permit), dma_buf_ioctl.
 * Leaves out: copying arguments, sizes of older structures, numbers without a name here.
 */
import { permit } from '../access.ts'
import { fn, type Kernel } from '../context.ts'
import { compareReleases } from '../driver.ts'
import { deviceOf } from '../node.ts'
import { fail, isFail, type Outcome } from '../fail.ts'
import { getFile } from '../file.ts'
import type { Ioctl } from '../ioctl.ts'
import { asHeapReads, byNumber } from '../strange-ioctl.ts'
import { stocking } from '../stock.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** request: the name of the ioctl; arg: its structure. The result is the fields that the kernel fills in, or 0. */
    ioctl: { args: { fd: number; request: string; arg: Record<string, unknown> }; result: unknown }
  }
}

const shelf: Record<string, Ioctl> = {}
export const ioctls: Readonly<Record<string, Ioctl>> = shelf

interface Args { readonly fd: number; readonly request: string; readonly arg: Record<string, unknown> }

const HANDLERS = { drm: 'drm_ioctl', dmabuf: 'dma_buf_ioctl', sync_file: 'sync_file_ioctl', udmabuf: 'udmabuf_ioctl', heap: 'dma_heap_ioctl', video: 'video_ioctl2' } as const
const handlers = Object.fromEntries(Object.entries(HANDLERS).map(([kind, name]) => [
  kind, fn(name, (k: Kernel, call: Ioctl, { fd, arg }: Args, phase: string | undefined, locals: Record<string, unknown>): Outcome => {
    const file = k.world.get(k.task).fds[fd]!.file
    if (call.run) return call.run(k, file, arg)
    return call.phases![phase ?? Object.keys(call.phases!)[0]!]!(k, file, arg, locals)
  }),
]))

function start(k: Kernel, given: Args): Outcome {
  const file = getFile(k, given.fd)
  if (isFail(file)) return file
  const known = given.request.startsWith('0x') ? byNumber(k, file, given.fd, Number(given.request)) : asHeapReads(k, file, given)
  if (!('request' in known)) {
    if (isFail(known)) k.world.emit('ioctl.refused.kind', { file, ioctl: given.request })
    return known
  }
  const args = { ...given, ...known }
  const call = ioctls[args.request]
  const { kind } = k.world.get(file)
  if (!call || call.on !== kind || (call.since && compareReleases(k.parts.release, call.since) < 0)) {
    k.world.emit('ioctl.refused.kind', { file, ioctl: args.request })
    return k.parts.strangeIoctl(k, file, args.request)
  }
  if (kind === 'drm') {
    const device = deviceOf(k, file)
    if (call.driver && k.world.get(device).driver.replace(/#\d+$/, '') !== call.driver) {
      k.world.emit('ioctl.refused.driver', { device, ioctl: args.request })
      return fail('EINVAL')
    }
    const refused = permit(k, file, call)
    if (isFail(refused)) return refused
  }
  return handlers[kind]!(k, call, args, undefined, {})
}

/** A phase of an ioctl goes on under its own name. */
function goOn(phase: string) {
  return (k: Kernel, args: Args, locals: Record<string, unknown>): Outcome => {
    const call = ioctls[args.request]!
    return handlers[call.on]!(k, call, args, phase, locals)
  }
}

const phases: Record<string, ReturnType<typeof goOn>> = { start }
export function stockIoctls(files: Readonly<Record<string, { readonly default: Ioctl }>>): void {
  stocking(shelf)(files)
  for (const call of Object.values(shelf)) for (const phase of Object.keys(call.phases ?? {})) phases[phase] ??= goOn(phase)
}
stockIoctls(import.meta.env.SSR
  ? import.meta.glob<{ default: Ioctl }>(['../ioctls/*.ts', '!../ioctls/*.test.ts', '!../ioctls/_*.ts'], { eager: true })
  : import.meta.glob<{ default: Ioctl }>(['../ioctls/{gem-close,get-cap,dma-buf-sync}.ts', '../ioctls/{mode,panfrost,prime}-*.ts', '!../ioctls/*.test.ts'], { eager: true }))

export default syscall({ name: 'ioctl', phases })
