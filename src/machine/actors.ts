/**
 * Who runs besides the processes: GPU engines, displays. An actor is asked whether it has something to do and does one
 * step of it; what it is in the middle of is a record in the world, never kept here.
 */
import type { Kernel } from '../kernel/context.ts'
import type { World } from '../world/world.ts'

export interface Actor {
  /** Who acts, as steps name it: `gpu`, `display`. */
  readonly id: string
  ready(world: World): boolean
  /** One atomic part. Events tell every change. */
  step(k: Kernel): void
}

const files = import.meta.glob<{ default: Actor }>(['./actors/*.ts', '!./actors/*.test.ts', '!./actors/_*.ts'], { eager: true })
export const actors: readonly Actor[] = Object.values(files).map(file => file.default)
