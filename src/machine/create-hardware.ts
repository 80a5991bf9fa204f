/** The hardware of a platform, as the kernel reaches it. */
import type { Hardware, Platform } from '../hardware/hardware.ts'
import type { World } from '../world/world.ts'

export const createHardware = (_world: World, platform: Platform): Hardware => ({ platform }) as Hardware
