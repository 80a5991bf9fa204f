/**
 * What every function of the simulated kernel is given: the world, the task that called, and the parts of this kernel.
 */
import type { Id } from '../journal/vocabulary.ts'
import type { World } from '../world/world.ts'
import type { Hardware } from '../hardware/hardware.ts'
import { ofRelease, type DriverHooks } from './driver.ts'
import type { KernelParts } from './parts.ts'

export interface Kernel {
  readonly world: World
  readonly hw: Hardware
  /** Replaceable functions (parts.ts); always called through here. */
  readonly parts: KernelParts
  /** The hook table of every device of this machine, by its id. */
  readonly drivers: Readonly<Record<Id<'device'>, DriverHooks>>
  /** The calling task. */
  readonly task: Id<'task'>
}

/** Up to seven arguments after the kernel. They are handed on one by one: a list of them would be made for every call of every function. */
export type Arguments = readonly [a?: unknown, b?: unknown, c?: unknown, d?: unknown, e?: unknown, f?: unknown, g?: unknown]

/** The name of a function; or its names, by the release from which it has them. null: its caller did that itself. */
export type FnName = string | Readonly<Record<string, string | null>>

/**
 * A function of the simulated kernel, named as in Linux: it shows in the call chain while it runs.
 * The first argument is the kernel.
 */
export function fn<A extends Arguments, R>(name: FnName, body: (k: Kernel, ...args: A) => R): (k: Kernel, ...args: A) => R {
  const run = body as unknown as (k: Kernel, ...args: Arguments) => R
  const named: typeof run = (k, a, b, c, d, e, f, g) => {
    const { world } = k
    // Without a journal there is no chain to keep.
    const called = world.tells ? typeof name === 'string' ? name : ofRelease(name, k.parts.release) : null
    if (called === null) return run(k, a, b, c, d, e, f, g)
    world.enter(called)
    const result = run(k, a, b, c, d, e, f, g)
    world.leave()
    return result
  }
  return named as unknown as (k: Kernel, ...args: A) => R
}
