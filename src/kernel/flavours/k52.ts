/** Linux 5.2, of July 2019. */
import { mair2019 } from '../../hardware/page-table/arm64.ts'
import { SH_INNER } from '../../hardware/page-table/mali.ts'
import { permitPrime52 } from '../access.ts'
import { dmaPgprot52 } from '../dma-alloc.ts'
import { maintenance52 } from '../dma-map.ts'
import { dmaVmOps } from '../gem-dma-mmap.ts'
import { dmaBufMmap, gemDmabufMmap52, gemMmap52 } from '../gem-mmap.ts'
import { gemInit52 } from '../gem.ts'
import { syncEntries } from '../io-pgtable.ts'
import { shmemFileVmOps } from '../memfd-mmap.ts'
import { mmapBoPlain } from '../mmap-bo.ts'
import { align52, flushRange } from '../panfrost-mmu.ts'
import { gemDmaBufOps52, handleToFd52, removeByBuffer } from '../prime.ts'
import { punchHoleAnywhere } from '../punch-hole.ts'
import { fileReleases } from '../release.ts'
import { shmemVmOps52 } from '../shmem-mmap.ts'
import { pin52, shmemImport52, unpin52 } from '../shmem.ts'
import { strangeIoctl52 } from '../strange-ioctl.ts'
import { flavour } from './_flavour.ts'

export default flavour('K52', {
  release: '5.2',
  gemMmap: gemMmap52,
  gemMmapHelper: gemMmap52,
  dmaBufMmap,
  gemDmabufMmap: gemDmabufMmap52,
  mmapBo: mmapBoPlain,
  handleToFd: handleToFd52,
  permitPrime: permitPrime52,
  removeBufHandle: removeByBuffer,
  pagesArrayWc: false,
  shmemPin: pin52,
  shmemUnpin: unpin52,
  shmemImport: shmemImport52,
  vmOps: {
    drm_gem_shmem_vm_ops: shmemVmOps52, drm_gem_cma_vm_ops: dmaVmOps, drm_gem_dma_vm_ops: dmaVmOps, shmem_vm_ops: shmemFileVmOps,
  },
  dmaBufOps: { gem: gemDmaBufOps52 },
  plainNodes: { '/dev/null': 'null' },
  queues: {},
  emptyUdmabufs: true,
  dmaMaintenance: maintenance52,
  dmaPgprot: dmaPgprot52,
  mair: mair2019,
  // Every access stays inside the GPU; nobody looks into the caches of the CPU.
  mali: { attrIndex: 0, shareability: SH_INNER, sharesTables: false, alignOf: align52, waitsForReaders: false, flushReduction: false, flags: [], startFlush: 'cleanInv', endFlush: 'cleanInv', syncEntries, flushUnmapped: flushRange },
  fbAdded: () => undefined,
  fbRemoved: () => undefined,
  udmabufDenies: ['WRITE'],
  fileReleases,
  gemInit: gemInit52,
  anonymousDmaBufs: true,
  strangeIoctl: strangeIoctl52,
  mremapLooksFirst: false,
  punchHole: punchHoleAnywhere,
  noexec: [],
  fdinfoAfterSetuid: false,
  pollHoldsFile: false,
})
