/** The patch of the thread, "completely untested" in its author's words: what it does, as recorded on a Linux 5.2.1 that has it. */
import { chapter, unless, type Told } from './chapter.ts'
import { at, countOfDmaBuf, imported, left } from './looks.ts'

const patch = { scenario: 'appendix-a', variant: 'V6', platform: 'rk3399' }
const recorded = (sequence: string): string => `#evidence&file=5.2.1-patched/scenarios&sequence=thread/${sequence}`

/** The program of this scenario, with three mappings in place of one. */
const threeMaps = `process owner A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  fd = drmPrimeHandleToFD(card, bo, DRM_CLOEXEC)
  sendmsg(user, fd)
  close(fd)
  recv(user)
}
process user B {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  fd = recvmsg(owner)
  bo = drmPrimeFDToHandle(gpu, fd)
  close(fd)
  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, bo)
  one = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
  two = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
  three = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
  munmap(one)
  munmap(two)
  munmap(three)
  landmark "three maps undone"
  send(owner)
}
`
const references = ({ journal }: Told, place: string): number => imported(at(journal, place))?.[1].refcount ?? 0
const more = (run: Told): number => references(run, '6 unmapped') - references(run, '4 descriptor closed')

export default chapter({
  lesson: null,
  title: 'The patch that leaked',
  goal: 'say what the thread’s kernel patch does: it works, it forgets one reference for each mapping, and it needs every driver to know about it.',
  recipes: [patch, { ...patch, variant: 'V9' }],
  beats: [
    { at: null, text: 'On 3 July 2019 [Steven Price sent an untested patch](https://lists.freedesktop.org/archives/mesa-dev/2019-July/220999.html): if the object is an import, `drm_gem_mmap()` hands the mapping over to the [exporter]. Nobody merged it. It has since been built into a real Linux 5.2.1 and [recorded](#evidence&file=5.2.1-patched/scenarios&sequence=thread/counters-shmem-to-shmem). V6 is that patch; V9 is what Linux does today.' },
    { at: '4 descriptor closed', text: 'The importer has a [GEM object] for the buffer, with one reference, and the [dma-buf] is held by five: two for each side’s handle, one for the import. **Both kernels count it alike**, and so did [the recorded one](#evidence&file=5.2.1-patched/scenarios&sequence=thread/counters-shmem-to-shmem). V9 has a second reference to the imported object: [a panfrost of today](https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/panfrost/panfrost_gem.c) takes it for the GPU’s own mapping.' },
    { at: { event: 'mmap.lookup', call: 'B.7' }, text: 'The client maps through the [node|node mmap] of the importer. The kernel finds the object by its [fake offset] and [takes a reference](https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_gem.c), so that it cannot go away meanwhile. **Remember that reference.**' },
    { at: { event: 'mmap.redirect', call: 'B.7' }, text: 'The mapping gets another file: that of the dma-buf. **From now on the exporter serves it**, and neither kernel asks whether that file was open for writing. A read-only export was mapped for writing on all three kernels recorded: [5.2.1](#evidence&file=5.2.1/scenarios&sequence=thread/ro-export-shmem-to-shmem), [the same with the patch](#evidence&file=5.2.1-patched/scenarios&sequence=thread/ro-export-shmem-to-shmem), [6.1](#evidence&file=6.1.192/same-on-6.1&sequence=thread/ro-export-shmem-to-shmem).' },
    { at: '5 mapped', text: '**It works.** In [the recording](#evidence&file=5.2.1-patched/scenarios&sequence=thread/ro-export-shmem-to-shmem) the owner sees what is stored there. The count of the dma-buf is now six, and the imported object has [two references](#evidence&file=5.2.1-patched/scenarios&sequence=thread/counters-shmem-to-shmem) where it should have one: the branch that hands over returns before the line that puts it.' },
    { at: '6 unmapped', text: 'The mapping is gone and the count is back at five. **The reference is not.** [Three maps leave three](#evidence&file=5.2.1-patched/scenarios&sequence=thread/three-maps-one-import-vgem-to-shmem), and a map that the exporter [refuses](#evidence&file=5.2.1-patched/scenarios&sequence=thread/memory-file-to-shmem-refused) leaves one as well.' },
    { at: '8 owner closed the handle', text: 'Both sides have closed everything. With V9 all is gone, as it was [on 6.1](#evidence&file=6.1.192/same-on-6.1&sequence=thread/counters-shmem-to-shmem). With the patch the imported object lives on without a [handle], and keeps the [attachment], the dma-buf and the exporter’s pages. **Nothing is left that anybody could close**, and [the end of the process](#evidence&file=5.2.1-patched/scenarios&sequence=thread/exit-does-not-heal-shmem-to-shmem) does not help.' },
  ],
  question: {
    ask: 'with the patch, a client maps one import three times and unmaps all three. How many references has the imported object then? Before the first map it had one.',
    choices: { 1: 'One, as before', 2: 'Two: the object remembers that it was mapped', 4: 'Four: one more for every map' },
    runs: [{ ...patch, program: threeMaps }],
    answer: ([run]) => String(references(run!, 'three maps undone')),
    otherwise: [{ ...patch, variant: 'V1', program: threeMaps }],
    why: 'Every call takes its reference and none is put. [The recording of 5.2.1 with the patch](#evidence&file=5.2.1-patched/scenarios&sequence=thread/three-maps-one-import-vgem-to-shmem) says four as well, after the same calls.',
  },
  breakIt: {
    title: 'a driver that nobody adapted', at: 'mapped',
    text: 'The patch tells its two callers by the return value 1 that the exporter has done everything. vgem is not among them: it sets the flags of the mapping again, and so takes the exporter’s [VM_MIXEDMAP] away. `mmap()` says ok, and the first store kills the process; [the recorded kernel](#evidence&file=5.2.1-patched/scenarios&sequence=thread/vgem-imports-shmem-write) stopped with `kernel BUG at mm/memory.c:1523`. Take a step beyond the mapping to see it.',
    recipes: [{ scenario: 'canonical', variant: 'V8', platform: 'rk3399' }, { scenario: 'canonical', variant: 'V6', platform: 'rk3399' }],
  },
  sources: [
    { title: 'The counters, as recorded', version: 'Linux 5.2.1 with the patch', url: recorded('counters-shmem-to-shmem') },
    { title: 'The same calls without the patch', version: 'Linux 5.2.1', url: '#evidence&file=5.2.1/scenarios&sequence=thread/counters-shmem-to-shmem' },
    { title: 'vgem imports, and the process is killed', version: 'Linux 5.2.1 with the patch', url: recorded('vgem-imports-shmem-write') },
    { title: 'The import is closed while mapped', version: 'Linux 5.2.1 with the patch', url: recorded('import-file-closed-while-mapped-shmem-to-shmem') },
    { title: 'panfrost_gem_open: a reference for the GPU’s mapping', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/panfrost/panfrost_gem.c' },
    { title: 'Three maps, all undone', version: 'Linux 5.2.1 with the patch', url: recorded('three-maps-one-import-vgem-to-shmem') },
    { title: 'drm_gem_mmap, without the patch', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_gem.c' },
    { title: 'Steven Price: the patch', version: 'mail to mesa-dev, 3 July 2019', url: 'https://lists.freedesktop.org/archives/mesa-dev/2019-July/220999.html' },
  ],
  check: ([patched, today]) => unless({
    'both count five before the map': [patched, today].every((run) => countOfDmaBuf(at(run!.journal, '4 descriptor closed')) === 5),
    'both count six while it is mapped': [patched, today].every((run) => countOfDmaBuf(at(run!.journal, '5 mapped')) === 6),
    'both are back at five when it is gone': [patched, today].every((run) => countOfDmaBuf(at(run!.journal, '6 unmapped')) === 5),
    'before the map the import has one reference with the patch, and two today': references(patched!, '4 descriptor closed') === 1 && references(today!, '4 descriptor closed') === 2,
    'with the patch a reference more stays': more(patched!) === 1,
    'without it none does': more(today!) === 0,
    'with the patch the dma-buf lives on, held by the import alone': countOfDmaBuf(at(patched!.journal, 'end')) === 1 && imported(at(patched!.journal, 'end'))?.[1].handleCount === 0,
    'without it nothing is left': left(today!.journal).length === 0,
  }),
})
