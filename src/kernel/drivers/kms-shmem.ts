/**
 * A display whose dumb buffers come from the shmem helper, mapped write-combined: exporter kind E1.
 * Mirrors: a small KMS driver on the shmem helper, none in particular. Leaves out: what it does to show scattered pages.
 */
import { forgetEvents, probeCrtc } from '../crtc.ts'
import { driver } from '../driver.ts'
import { shmemHooks, shmemHooks52 } from '../shmem-hooks.ts'

export default driver({
  name: 'kms-shmem',
  inShort: 'Scattered pages, write-combined. Since 5.9 it hands the mapping of an import to its exporter. SYNC waits for fences only.',
  exporter: {
    id: 'E1', title: 'shared memory, write-combined', why: 'Scattered pages. The CPU writes past its cache, so no line can be forgotten.',
    leavesOut: 'How a display shows scattered pages without an IOMMU: here it reads them one after the other.',
  },
  releases: { '5.2': { ...shmemHooks52, modeset: true, probe: probeCrtc, postClose: forgetEvents }, '6.1': { ...shmemHooks({ attr: 'wc' }), modeset: true, probe: probeCrtc, postClose: forgetEvents } },
})
