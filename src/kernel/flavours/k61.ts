/** Linux 6.1: the one that recordings test most. */
import { mairNow } from '../../hardware/page-table/arm64.ts'
import { SH_OUTER } from '../../hardware/page-table/mali.ts'
import { permitPrimeNow } from '../access.ts'
import { dmaPgprotNow } from '../dma-alloc.ts'
import { maintenanceNow } from '../dma-map.ts'
import { gemDmabufMmapNow, gemMmapNow } from '../gem-mmap.ts'
import { gemInitNow } from '../gem.ts'
import { alignNow } from '../panfrost-mmu.ts'
import { gemDmaBufOpsNow, removeByHandle } from '../prime.ts'
import { shmemVmOpsNow } from '../shmem-mmap.ts'
import { pinNow, shmemImportNow, unpinNow } from '../shmem.ts'
import { strangeIoctlNow } from '../strange-ioctl.ts'
import { flavour } from './_flavour.ts'
import k52 from './k52.ts'

export default flavour('K61', {
  ...k52.parts,
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
  vmOps: { ...k52.parts.vmOps, drm_gem_shmem_vm_ops: shmemVmOpsNow },
  dmaBufOps: { gem: gemDmaBufOpsNow },
  plainNodes: { ...k52.parts.plainNodes },
  emptyUdmabufs: false,
  dmaMaintenance: maintenanceNow,
  dmaPgprot: dmaPgprotNow,
  mair: mairNow,
  mali: { ...k52.parts.mali, shareability: SH_OUTER, sharesTables: true, alignOf: alignNow, waitsForReaders: true, flags: ['PANFROST_BO_NOEXEC', 'PANFROST_BO_HEAP'] },
  udmabufDenies: ['WRITE', 'FUTURE_WRITE'],
  gemInit: gemInitNow,
  anonymousDmaBufs: false,
  strangeIoctl: strangeIoctlNow,
  mremapLooksFirst: true,
  fdinfoAfterSetuid: true,
  pollHoldsFile: true,
})
