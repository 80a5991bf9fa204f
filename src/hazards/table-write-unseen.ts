/** The driver has written an entry of a device's page table, and it lies dirty in the CPU's cache: the walker reads memory, and sees the entry as it was. */
import { LINE_SIZE } from '../base/brand.ts'
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import type { RunHeader } from '../journal/run.ts'
import { all } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import { baseOf } from './_memory.ts'
import { placedAt, walkSeen } from './_tables.ts'

/** What is meant lies there, and in memory there is nothing yet, or what was there before. */
const DIRTY = {
  none: 'the entry of level {level} for {address} is dirty in the CPU\'s cache; in memory, where the walker of {who} looks, there is none yet',
  old: 'the entry of level {level} for {address} is dirty in the CPU\'s cache; in memory, where the walker of {who} looks, the old one stands',
} as const
const WAITING = {
  none: 'the entry of level {level} for {address} waits in a write-combine buffer; in memory, where the walker of {who} looks, there is none yet',
  old: 'the entry of level {level} for {address} waits in a write-combine buffer; in memory, where the walker of {who} looks, the old one stands',
} as const

export default hazard<RunHeader>({
  id: 'table-write-unseen',
  known: 'H17',
  title: 'The walker does not see what the driver wrote',
  facts: {
    sequence: 'The driver stores an entry of a page table; nobody cleans the line; the GPU walks.',
    bites: 'GPUs and IOMMUs whose walker does not look into the CPU\'s caches',
    symptom: 'A translation fault at an address that is mapped.',
    fix: 'Clean the entry, then a barrier.',
    call: 'dma_sync_single_for_device on the entry, and wmb',
    x86: 'partly: IOMMUs whose walks do not look into the caches',
  },
  seenIn: { variant: 'V9', platform: 'rk3399', importer: 'panfrost-dirty-tables' },
  program: `# Everything is mapped, and the GPU faults.
process client A {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, bo)
  landmark "mapped for the GPU"
  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 4096, day), uses(bo))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
  landmark "waited for"
}
`,
  memory: header => header,
  watch(step, world, header) {
    if (!is(step, 'walk.io') && (!is(step, 'walk.gpu') || step.fields.snoops)) return undefined
    const { root, addr } = step.fields
    const found = all(world, 'gpu_mmu').find(([, { pgd }]) => pgd === root) ?? all(world, 'io_table').find(([, table]) => table.root === root)
    if (!found) return undefined
    const [tables, { device }] = found
    const meant = walkSeen(header, world, tables, addr, 'written')
    const seen = walkSeen(header, world, tables, addr, 'memory')
    if (!meant || !seen || meant.phys === seen.phys) return undefined
    const { at, level } = seen.steps[seen.steps.length - 1]!
    const gem = placedAt(world, device, addr)
    const who = is(step, 'walk.io') && step.fields.agent === 'iommu' ? 'the IOMMU' : 'the GPU'
    const cached = walkSeen(header, world, tables, addr, 'cpu')!.phys === meant.phys
    return {
      objects: [tables, ...(gem ? [gem] : [])], line: Math.floor((at - baseOf(header)) / LINE_SIZE), harm: fill('{who} does not see its page tables', { who }),
      text: fill((cached ? DIRTY : WAITING)[seen.phys === null ? 'none' : 'old'], { level, address: `0x${addr.toString(16)}`, who }),
    }
  },
})
