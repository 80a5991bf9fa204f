/**
 * Waiting for a buffer: the phases that the wait calls of all drivers share. Each says which flags it knows, which fences concern it, and
 * what a buffer that is still busy is called.
 * Mirrors: drm_gem_dma_resv_wait (drm_gem.c) and the calls of dma_resv_wait_timeout in drivers.
 * Leaves out: the time itself: a time-out that is not for ever is over when the process runs again.
 */
import type { Errno, Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { blocked, done, fail, isFail, thenPhase, type Fail, type Outcome } from './fail.ts'
import { lookupGem } from './gem.ts'
import type { Ioctl } from './ioctl.ts'
import { drmFileOf } from './node.ts'
import { pendingFences } from './resv.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'wait.busy': { gem: Id<'gem'>; fences: number }
    'wait.idle': { gem: Id<'gem'> }
    'wait.over': { gem: Id<'gem'>; errno: string }
    'wait.refused.argument': { name: string; value: string }
  }
}
export const says: Says = {
  'wait.busy': '{gem} is **busy**: {fences} {fences#fence has|fences have} not signalled.',
  'wait.idle': '**Nothing is pending** on {gem}.',
  'wait.over': 'The time is over and **{gem} is still busy**: {errno}.',
  'wait.refused.argument': '**{name} {value}** is not what a wait may be asked: EINVAL.',
}

/** A time-out without end, in nanoseconds. */
export const FOR_EVER = Number.MAX_SAFE_INTEGER

export interface WaitArgs { readonly handle: number; readonly timeout: number }
export interface Wait<A extends WaitArgs> {
  /** What is looked at before the handle: a refusal, or 'nothing' to wait for. */
  readonly first?: (k: Kernel, args: A) => Fail | 'nothing' | undefined
  /** A handle that names nothing. */
  readonly unknown: Errno
  /** A writer waits for readers too. */
  readonly write: (args: A) => boolean
  /** Only asked, not waited for. */
  readonly askOnly: (args: A) => boolean
  readonly busy: Errno
  readonly over: Errno
  /** Before the fences are looked at, and when there are none left. */
  readonly before?: (k: Kernel, gem: Id<'gem'>, args: A) => void
  readonly idle?: (k: Kernel, gem: Id<'gem'>, args: A) => void
}

export function refuseWait(k: Kernel, name: string, value: string): Fail {
  k.world.emit('wait.refused.argument', { name, value })
  return fail('EINVAL')
}
/** Words that are not among the known ones. */
export const unknownOf = (words: readonly string[], known: readonly string[]): readonly string[] => words.filter(word => !known.includes(word))

export function waitPhases<A extends WaitArgs>({ first, unknown, write, askOnly, busy, over, before, idle }: Wait<A>): NonNullable<Ioctl<A>['phases']> {
  const look = (k: Kernel, file: Id<'file'>, args: A): Id<'gem'> | Outcome => {
    const gem = lookupGem(k, drmFileOf(k, file), args.handle)
    return isFail(gem) ? fail(unknown) : gem
  }
  /** Undefined: something is pending. */
  const settle = (k: Kernel, gem: Id<'gem'>, args: A): Outcome | readonly Id<'fence'>[] => {
    const pending = pendingFences(k, k.world.get(gem).resv, write(args))
    if (pending.length > 0) return pending
    k.world.emit('wait.idle', { gem })
    idle?.(k, gem, args)
    return done(0)
  }
  const tooLate = (k: Kernel, gem: Id<'gem'>, errno: Errno): Fail => {
    k.world.emit('wait.over', { gem, errno })
    return fail(errno)
  }
  const isPending = (found: Outcome | readonly Id<'fence'>[]): found is readonly Id<'fence'>[] => Array.isArray(found)
  return {
    waitBo(k, file, args) {
      const refused = first?.(k, args)
      if (refused !== undefined) return refused === 'nothing' ? done(0) : refused
      const gem = look(k, file, args)
      if (typeof gem !== 'string') return gem
      before?.(k, gem, args)
      const pending = settle(k, gem, args)
      if (!isPending(pending)) return pending
      k.world.emit('wait.busy', { gem, fences: pending.length })
      if (askOnly(args)) return busy === over ? tooLate(k, gem, busy) : fail(busy)
      return args.timeout === FOR_EVER ? blocked(pending[0]!, 'waitBo') : thenPhase('timeOver')
    },
    timeOver(k, file, args) {
      const gem = look(k, file, args)
      if (typeof gem !== 'string') return gem
      const pending = settle(k, gem, args)
      return isPending(pending) ? tooLate(k, gem, over) : pending
    },
  }
}
