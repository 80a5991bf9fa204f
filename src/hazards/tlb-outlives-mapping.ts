/** The entries of a buffer are gone from the GPU's page tables, its pages have another owner, and the GPU goes on with what its TLB remembers. */
import { LINE_SIZE } from '../base/brand.ts'
import { hazard } from '../journal/hazard.ts'
import type { RunHeader } from '../journal/run.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import { baseOf, ownerOf } from './_memory.ts'
import { mmuOf, walkSeen } from './_tables.ts'

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
    if (!is(step, 'job.read') && !is(step, 'job.write')) return undefined
    const { job, gpuVa, phys } = step.fields
    const mmu = mmuOf(world, get(world, job)!.device)
    const now = mmu && walkSeen(header, world, mmu, gpuVa, 'own')
    if (!now || now.phys === phys) return undefined
    const line = Math.floor((phys - baseOf(header)) / LINE_SIZE)
    const owner = ownerOf(world, baseOf(header), line)
    return {
      objects: [...(owner ? [owner] : []), mmu, job], line, harm: is(step, 'job.read') ? 'the GPU read foreign memory' : 'the GPU wrote into foreign memory',
      text: `${job} ${is(step, 'job.read') ? 'read' : 'wrote'} through an entry that the GPU's TLB remembers and no table holds any more; the memory is ${owner ? `that of ${owner}` : 'free'} now`,
    }
  },
})
