/** The machine before any choice is made: a display device that allocates and a GPU that imports. */
import k52 from '../kernel/flavours/k52.ts'
import type { Blueprint } from './blueprint.ts'

export const base: Blueprint = {
  chosen: {},
  kernel: k52.parts,
  platform: {
    id: 'none', title: 'No platform chosen', cls: 'FC', devCls: {}, dtCoherent: {}, ncAlias: 'selfsnoop', ivacDirty: 'cleanfirst', linAlias: 'wb', wcEntries: 4,
    ucDrainsWc: true, walkCoherent: true, cores: 2, dramBase: 0, leavesOut: '',
  },
  devices: [
    { driver: 'rockchip', card: 'card0', render: null, role: 'exporter' },
    { driver: 'panfrost', card: 'card1', render: 'renderD128', role: 'importer' },
  ],
  mesa: { exportFlags: ['DRM_CLOEXEC'], mapPath: 'N', sync: false, era: '2019', winsys: 'panfrost' },
  allocation: { way: 'dumb', node: '/dev/dri/card0' },
}
