/** The driver has written an entry of the GPU's page table, and it lies dirty in the CPU's cache: the walker reads memory, and sees the entry as it was. */
import { LINE_SIZE } from '../base/brand.ts'
import { hazard } from '../journal/hazard.ts'
import { all } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import { baseOf } from './_memory.ts'
import { placedAt, walkSeen } from './_tables.ts'

export default hazard<number>({
  id: 'table-write-unseen',
  known: 'H17',
  title: 'The walker does not see what the driver wrote',
  facts: {
    sequence: 'The driver stores an entry of a page table; nobody cleans the line; the GPU walks.',
    bites: 'GPUs whose walker does not look into the CPU\'s caches',
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
  memory: baseOf,
  watch(step, world, base) {
    if (!is(step, 'walk.gpu')) return undefined
    const { root, addr, snoops } = step.fields
    const mmu = all(world, 'gpu_mmu').find(([, { pgd }]) => pgd === root)
    const meant = walkSeen(world, base, root, addr, 'cpu')
    const found = walkSeen(world, base, root, addr, 'memory')
    if (snoops || meant.phys === found.phys) return undefined
    const at = found.steps[found.steps.length - 1]!
    const gem = mmu && placedAt(world, mmu[1].device, addr)
    return {
      objects: [...(mmu ? [mmu[0]] : []), ...(gem ? [gem] : [])], line: Math.floor((at.at - base) / LINE_SIZE),
      text: `the entry of level ${at.level} for 0x${addr.toString(16)} is dirty in the CPU's cache; in memory, where the GPU's walker looks, ${found.phys === null ? 'there is none yet' : 'the old one stands'}`, harm: 'the GPU does not see its page tables',
    }
  },
})
