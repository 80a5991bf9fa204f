/** Exporter kinds: what the device that allocates puts behind a buffer. A driver that can be chosen as one says so in its own file. */
import { drivers } from '../kernel/boot.ts'
import type { Blueprint } from '../machine/blueprint.ts'
import { part } from '../machine/variant.ts'

export const driverOf = (role: 'exporter' | 'importer', driver: string) => (b: Blueprint): Blueprint =>
  ({ ...b, devices: b.devices.map(device => (device.role === role ? { ...device, driver } : device)) })

export default Object.values(drivers)
  .flatMap(({ name, exporter }) => (exporter ? [part({ axis: 'exporter', ...exporter, change: driverOf('exporter', name) })] : []))
  .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
