/** The entries of a buffer are gone from a device's page tables, its pages have another owner, and the device goes on with what its TLB remembers. */
import { LINE_SIZE, PAGE_SIZE } from '../base/brand.ts'
import { fill } from '../base/fill.ts'
import { hazard, type Sighting } from '../journal/hazard.ts'
import type { RunHeader } from '../journal/run.ts'
import { get, type Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import { tlbEntry, walkerTables } from '../journal/tables.ts'
import type { Id } from '../journal/vocabulary.ts'
import { lastLevel } from '../journal/walk.ts'
import { baseOf, ownerOf } from './_memory.ts'
import { tablesOf, walkSeen } from './_tables.ts'

/** Whose the memory is by now. */
type Says = typeof READ | typeof WROTE | typeof SCANNED
const READ = {
  owned: '{who} read through an entry that the GPU\'s TLB remembers and no table holds any more; the memory is that of {owner} now',
  free: '{who} read through an entry that the GPU\'s TLB remembers and no table holds any more; the memory is free now',
} as const
const WROTE = {
  owned: '{who} wrote through an entry that the GPU\'s TLB remembers and no table holds any more; the memory is that of {owner} now',
  free: '{who} wrote through an entry that the GPU\'s TLB remembers and no table holds any more; the memory is free now',
} as const
const SCANNED = {
  owned: '{who} read through an entry that the TLB of its IOMMU remembers and no table holds any more; the memory is that of {owner} now',
  free: '{who} read through an entry that the TLB of its IOMMU remembers and no table holds any more; the memory is free now',
} as const

export default hazard<RunHeader>({
  id: 'tlb-outlives-mapping',
  known: 'H18',
  title: 'The GPU remembers a page that is no longer its own',
  facts: {
    sequence: 'Unmap; the page is given to somebody else; the GPU reads or writes.',
    bites: 'every machine',
    symptom: 'The GPU writes into foreign memory.',
    fix: 'Make the GPU forget before the pages are freed.',
    call: 'AS_COMMAND_FLUSH_PT after the unmap',
    x86: 'visible',
  },
  seenIn: { variant: 'V9', platform: 'rk3399', importer: 'panfrost-no-tlb-flush' },
  program: `# The buffer is closed and its page goes to the display. The GPU still knows the way there.
process client A {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  keep = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, bo)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 4096, black), uses(bo))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
  drmCloseBufferHandle(gpu, bo)
  landmark "closed"
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  dumb = drmModeCreateDumbBuffer(card, 32, 32, 32)
  off = drmModeMapDumbBuffer(card, dumb)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  fill(px, day)
  fb = drmModeAddFB(card, 32, 32, 128, dumb)
  drmModePageFlip(card, fb)
  drmHandleEvent(card)
  landmark "day shown"
  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 2048, night), uses(keep))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, keep)
  landmark "drawn into foreign memory"
  drmModePageFlip(card, fb)
  drmHandleEvent(card)
  landmark "shown"
}
`,
  memory: header => header,
  watch(step, world, header) {
    if (is(step, 'display.scanout')) return scannedOld(step, world, header)
    if (!is(step, 'job.read') && !is(step, 'job.write')) return undefined
    const { job, gpuVa, phys } = step.fields
    const tables = tablesOf(world, get(world, job)!.device)
    const now = tables && walkSeen(header, world, tables, gpuVa, 'own')
    // A read where nothing is mapped may go to a page that is there for that.
    const scratch = tables?.startsWith('io_table:') ? get(world, tables as Id<'io_table'>)!.scratch : null
    if (!now || now.phys === phys || phys - (phys % PAGE_SIZE) === scratch) return undefined
    const reads = is(step, 'job.read')
    return sightingOf(world, header, phys, [tables, job], job, reads ? READ : WROTE, reads ? 'the GPU read foreign memory' : 'the GPU wrote into foreign memory')
  },
})

function sightingOf(world: Snapshot, header: RunHeader, phys: number, objects: readonly Id[], who: Id, says: Says, harm: string): Sighting {
  const line = Math.floor((phys - baseOf(header)) / LINE_SIZE)
  const owner = ownerOf(world, baseOf(header), line)
  return { objects: [...(owner ? [owner] : []), ...objects], line, harm, text: owner ? fill(says.owned, { who, owner }) : fill(says.free, { who }) }
}

/** The same of a display behind an IOMMU: a page of what it reads. */
function scannedOld({ fields: { fb, crtc } }: Step<'display.scanout'>, world: Snapshot, header: RunHeader): Sighting | undefined {
  const { gem, device } = get(world, fb)!
  const { dmaAddr, sizeBytes } = get(world, gem)!
  const tables = tablesOf(world, device)
  const seen = tables && walkerTables(header, world, { who: 'iommu', owner: tables })
  for (let at = 0; seen && dmaAddr !== null && at < sizeBytes; at += PAGE_SIZE) {
    const remembered = tlbEntry(world, seen.area, seen.space, dmaAddr + at)
    const phys = remembered && seen.format.addressOf(remembered, lastLevel(seen.format))
    if (phys === null || walkSeen(header, world, tables!, dmaAddr + at, 'own')!.phys === phys) continue
    return sightingOf(world, header, phys, [tables!, crtc], crtc, SCANNED, 'the display read foreign memory')
  }
  return undefined
}
