/** A plain machine for replaying recordings, like the one they were made on: everything coherent, one core. */
import type { Hardware, Platform } from '../hardware/hardware.ts'
import { Memory } from '../hardware/memory.ts'
import type { World } from '../world/world.ts'

const plain: Platform = {
  id: 'plain', title: 'Plain machine', cls: 'X86', devCls: {}, dtCoherent: {}, ncAlias: 'selfsnoop', ivacDirty: 'cleanfirst', linAlias: 'wb', wcEntries: 4,
  ucDrainsWc: true, walkCoherent: true, cores: 1, dramBase: 0, leavesOut: '',
}
export const simpleHardware = (world: World): Hardware => new Memory(world, plain)
