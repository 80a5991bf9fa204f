/** Importer kinds: the driver of the device that imports. A driver that can be chosen as one says so in its own file. */
import { drivers } from '../kernel/boot.ts'
import type { Blueprint } from '../machine/blueprint.ts'
import { base } from '../machine/base.ts'
import { part, type Part } from '../machine/variant.ts'
import { driverOf } from './exporters.ts'

/** The one that is there when nobody chooses. */
const first = base.devices.find(device => device.role === 'importer')!.driver

/** The loader of Mesa chooses what belongs to that driver. */
const importing = (b: Blueprint, winsys: string): Blueprint => ({ ...b, mesa: { ...b.mesa, winsys } })

export default (): Part[] => Object.values(drivers)
  .flatMap(({ name, importer }) => (importer ? [part({ axis: 'importer', id: name, ...importer, change: b => importing(driverOf('importer', name)(b), name) })] : []))
  .sort((a, b) => Number(b.id === first) - Number(a.id === first) || a.id.localeCompare(b.id, 'en'))
