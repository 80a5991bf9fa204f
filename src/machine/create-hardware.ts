/** The hardware of a platform, as the kernel reaches it. */
import type { Hardware, Platform } from '../hardware/hardware.ts'
import { Memory } from '../hardware/memory.ts'
import type { World } from '../world/world.ts'
import type { Pick } from './choices.ts'

export const createHardware = (world: World, platform: Platform, pick?: Pick): Hardware => new Memory(world, platform, pick)
