/** Exporter kinds: what the device that allocates puts behind a buffer. */
import type { Blueprint } from '../machine/blueprint.ts'
import { part } from '../machine/variant.ts'

export const driverOf = (role: 'exporter' | 'importer', driver: string) => (b: Blueprint): Blueprint =>
  ({ ...b, devices: b.devices.map(device => (device.role === role ? { ...device, driver } : device)) })

export default [
  part({
    axis: 'exporter', id: 'E1', title: 'shared memory, write-combined', why: 'Scattered pages. The CPU writes past its cache, so no line can be forgotten.',
    change: driverOf('exporter', 'kms-shmem'),
  }),
  part({
    axis: 'exporter', id: 'E2', title: 'shared memory, cached', why: 'Scattered pages, cached by the CPU, and an exporter that never cleans them: what a device reads may be old.',
    change: driverOf('exporter', 'kms-shmem-cached'),
  }),
  part({
    axis: 'exporter', id: 'E3', title: 'KMS dumb buffer, contiguous', why: 'One contiguous range, write-combined, as the display of such a machine needs it.',
    change: driverOf('exporter', 'rockchip'),
  }),
]
