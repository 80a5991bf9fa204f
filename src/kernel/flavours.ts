/**
 * The kernels that can be chosen: each a full choice of the replaceable functions. K61 is the one that recordings test most.
 * K52: Linux 5.2. KBLK: 5.2 where MMAP_BO refuses imports. KRFC: 5.2 with the patch of July 2019. K61: 6.1. KNOW: 6.19.
 */
import { mair2019, mairNow } from '../hardware/page-table/arm64.ts'
import { SH_INNER, SH_OUTER } from '../hardware/page-table/mali.ts'
import { permitPrime52, permitPrimeNow } from './access.ts'
import { dmaPgprot52, dmaPgprotNow } from './dma-alloc.ts'
import { dmaBufFile52, dmaBufFileNow } from './dma-buf.ts'
import { dmaMapSg52, dmaMapSgtableNow, maintenance52, maintenanceNow } from './dma-map.ts'
import { gemInit52, gemInitNow } from './gem.ts'
import { fbPutsHandle, fbTakesHandle } from './framebuffer.ts'
import { gemDmabufMmap52, gemDmabufMmapNow, gemMmap52, gemMmapHelperRfc, gemMmapNow, gemMmapRfc, dmaBufMmap } from './gem-mmap.ts'
import { dmaVmOps } from './gem-dma-mmap.ts'
import { strangeIoctl52, strangeIoctlNow } from './strange-ioctl.ts'
import { exporterNodes, exporterOps, exporterQueues, exporterVmOps, shelve } from './exporter-shelf.ts'
import { syncEntries } from './io-pgtable.ts'
import { shmemFileVmOps } from './memfd-mmap.ts'
import { mmapBoPlain, mmapBoRefusesImports } from './mmap-bo.ts'
import { align52, alignNow, flushRange } from './panfrost-mmu.ts'
import type { KernelParts } from './parts.ts'
import { gemDmaBufOps52, gemDmaBufOpsNow, handleToFd52, handleToFdNow, removeByBuffer, removeByHandle } from './prime.ts'
import { fileReleases } from './release.ts'
import { punchHoleAnywhere } from './punch-hole.ts'
import { pin52, pinNow, shmemImport52, shmemImportNow, unpin52, unpinNow } from './shmem.ts'
import { shmemVmOps52, shmemVmOpsNow } from './shmem-mmap.ts'

export const K52: KernelParts = {
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
  dmaBufFile: dmaBufFile52,
  dmaMapSgtable: dmaMapSg52,
  gemInit: gemInit52,
  anonymousDmaBufs: true,
  strangeIoctl: strangeIoctl52,
  mremapLooksFirst: false,
  punchHole: punchHoleAnywhere,
  noexec: [],
  fdinfoAfterSetuid: false,
  pollHoldsFile: false,
}

export const KBLK: KernelParts = { ...K52, mmapBo: mmapBoRefusesImports }

export const KRFC: KernelParts = { ...K52, gemMmap: gemMmapRfc, gemMmapHelper: gemMmapHelperRfc }

export const K61: KernelParts = {
  ...K52,
  release: '6.1',
  gemMmap: gemMmapNow,
  gemMmapHelper: gemMmapNow,
  gemDmabufMmap: gemDmabufMmapNow,
  permitPrime: permitPrimeNow,
  removeBufHandle: removeByHandle,
  pagesArrayWc: true,
  shmemPin: pinNow,
  shmemUnpin: unpinNow,
  shmemImport: shmemImportNow,
  vmOps: { ...K52.vmOps, drm_gem_shmem_vm_ops: shmemVmOpsNow },
  dmaBufOps: { gem: gemDmaBufOpsNow },
  plainNodes: { ...K52.plainNodes },
  emptyUdmabufs: false,
  dmaMaintenance: maintenanceNow,
  dmaPgprot: dmaPgprotNow,
  mair: mairNow,
  mali: { ...K52.mali, shareability: SH_OUTER, sharesTables: true, alignOf: alignNow, waitsForReaders: true, flags: ['PANFROST_BO_NOEXEC', 'PANFROST_BO_HEAP'] },
  udmabufDenies: ['WRITE', 'FUTURE_WRITE'],
  dmaBufFile: dmaBufFileNow,
  dmaMapSgtable: dmaMapSgtableNow,
  gemInit: gemInitNow,
  anonymousDmaBufs: false,
  strangeIoctl: strangeIoctlNow,
  mremapLooksFirst: true,
  fdinfoAfterSetuid: true,
  pollHoldsFile: true,
}

export const KNOW: KernelParts = {
  ...K61,
  release: '6.19',
  handleToFd: handleToFdNow,
  mali: { ...K61.mali, attrIndex: 1 },
  dmaBufOps: { ...K61.dmaBufOps },
  plainNodes: { ...K61.plainNodes },
  fbAdded: fbTakesHandle,
  fbRemoved: fbPutsHandle,
}

export const flavours: Readonly<Record<string, KernelParts>> = { K52, KBLK, KRFC, K61, KNOW }

/** Gives every kernel the exporters that its release has. */
function equip(): void {
  for (const { release, vmOps, dmaBufOps, plainNodes, queues } of Object.values(flavours)) {
    Object.assign(vmOps, exporterVmOps())
    Object.assign(dmaBufOps, exporterOps(release))
    Object.assign(queues, exporterQueues())
    Object.assign(plainNodes, exporterNodes(release))
  }
}
equip()
export function stockExporters(files: Parameters<typeof shelve>[0]): void {
  shelve(files)
  equip()
}
