/**
 * What every function of the simulated kernel is given: the world, the task that called, and the parts of this kernel.
 */
import type { Id } from '../journal/vocabulary.ts'
import type { World } from '../world/world.ts'
import type { Hardware } from '../hardware/hardware.ts'
import type { DriverHooks } from './driver.ts'
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

/**
 * A function of the simulated kernel, named as in Linux: it shows in the call chain while it runs.
 * The first argument is the kernel.
 */
export function fn<A extends readonly unknown[], R>(name: string, body: (k: Kernel, ...args: A) => R): (k: Kernel, ...args: A) => R {
  return (k, ...args) => {
    k.world.enter(name)
    const result = body(k, ...args)
    k.world.leave()
    return result
  }
}
