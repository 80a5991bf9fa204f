/** Exporter kinds: what the device that allocates puts behind a buffer. */
import type { Blueprint } from '../machine/blueprint.ts'
import { part } from '../machine/variant.ts'

export const driverOf = (role: 'exporter' | 'importer', driver: string) => (b: Blueprint): Blueprint =>
  ({ ...b, devices: b.devices.map(device => (device.role === role ? { ...device, driver } : device)) })

export default [
  part({
    axis: 'exporter', id: 'E1', title: 'shared memory, write-combined', why: 'Scattered pages. The CPU writes past its cache, so no line can be forgotten.',
    leavesOut: 'How a display shows scattered pages without an IOMMU: here it reads them one after the other.',
    change: driverOf('exporter', 'kms-shmem'),
  }),
  part({
    axis: 'exporter', id: 'E2', title: 'shared memory, cached', why: 'Scattered pages, cached by the CPU, and an exporter that never cleans them: what a device reads may be old.',
    leavesOut: 'In Linux 5.2 the shared-memory helper knew no cached mappings, and here it does. The display reads scattered pages one after the other.',
    change: driverOf('exporter', 'kms-shmem-cached'),
  }),
  part({
    axis: 'exporter', id: 'E3', title: 'KMS dumb buffer, contiguous', why: 'One contiguous range, write-combined, as a display without an IOMMU needs it: all of it is mapped at once, and nothing faults.',
    leavesOut: 'The display driver\'s own code for contiguous buffers: the helper that other drivers share stands for it.',
    change: driverOf('exporter', 'rockchip'),
  }),
]
