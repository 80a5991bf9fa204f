/**
 * panfrost: the driver of Mali GPUs, its buffers from the shmem helper.
 * Mirrors: panfrost_drv.c, panfrost_gem.c. Leaves out: the GPU itself: page tables, jobs, caches.
 */
import { driver } from '../driver.ts'
import type { DriverHooks } from '../hooks.ts'
import { shmemHooks, shmemHooks52 } from '../shmem-hooks.ts'

const withoutDumb = ({ dumbCreate: _, ...hooks }: DriverHooks): DriverHooks => hooks

export default driver({
  name: 'panfrost',
  inShort: 'In 5.2 it shows the pages of an import itself; since 5.9 it hands the mapping to the exporter. SYNC waits for fences only.',
  releases: { '5.2': withoutDumb(shmemHooks52), '6.1': withoutDumb(shmemHooks({ attr: 'wc' })) },
})
