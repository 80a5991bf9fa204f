/** Exporter kinds: who puts what behind a buffer. A driver, or an exporter that is none, that can be chosen says so in its own file. */
import { drivers } from '../kernel/boot.ts'
import { exporters, nodesOf } from '../kernel/exporter-shelf.ts'
import type { Blueprint } from '../machine/blueprint.ts'
import { part, type Part } from '../machine/variant.ts'

export const driverOf = (role: 'exporter' | 'importer', driver: string) => (b: Blueprint): Blueprint =>
  ({ ...b, devices: b.devices.map(device => (device.role === role ? { ...device, driver } : device)) })

const ofDrivers = () => Object.values(drivers).flatMap(({ name, exporter }) => (exporter ? [part({ axis: 'exporter', ...exporter, change: driverOf('exporter', name) })] : []))
// The display does not allocate then; it is one that can show what the exporter hands out. An older kernel gets the node that it never had.
const ofOthers = () => exporters.map(spec => part({
  axis: 'exporter', ...spec.offer,
  change: b => ({
    ...driverOf('exporter', spec.display)(b),
    kernel: { ...b.kernel, plainNodes: { ...b.kernel.plainNodes, ...nodesOf(spec) } },
    allocation: { way: spec.way, node: Object.keys(spec.nodes)[0]! },
  }),
}))

export default (): Part[] => [...ofDrivers(), ...ofOthers()].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
