/** A plain machine for replaying recordings: everything coherent, one core. */
import type { Hardware } from '../hardware/hardware.ts'

export const simpleHardware = (): Hardware => ({
  platform: {
    id: 'plain', title: 'Plain machine', cls: 'FC', devCls: {}, dtCoherent: {}, ncAlias: 'selfsnoop', ivacDirty: 'cleanfirst', linAlias: 'wb', wcEntries: 4,
    ucDrainsWc: true, walkCoherent: true, cores: 1, dramBase: 0, leavesOut: '',
  },
}) as Hardware
