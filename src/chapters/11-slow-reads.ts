/** L17: one driver, one buffer, three ways to map it; what each costs is decided by whether the CPU writes or reads. */
import { costsOf } from '../journal/costs.ts'
import { chapter, seqOf, unless, type Told } from './chapter.ts'
import { stepsOf } from './looks.ts'

const program = (flag: string, reads = 3): string => `# A buffer of the GPU is written once and read a few times. The flag says how the CPU maps it.
process user B {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = DRM_IOCTL_ETNAVIV_GEM_NEW(gpu, 4096, ${flag})
  off = DRM_IOCTL_ETNAVIV_GEM_INFO(gpu, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
  store(px, "00")  # the first touch brings the page
  DRM_IOCTL_ETNAVIV_GEM_CPU_PREP(gpu, bo, ETNA_PREP_WRITE)
  landmark "mapped"
  fill(px, day)
  DRM_IOCTL_ETNAVIV_GEM_CPU_FINI(gpu, bo)
  landmark "written"
  evict(px)  # hardware may do this at any time
  load(px, 64)
  landmark "read once"
${'  load(px, 64)\n'.repeat(reads)}  landmark "read again"
}
`
const of = (flag: string) => ({ scenario: 'appendix-a', variant: 'V9', platform: 'imx8m', importer: 'etnaviv', program: program(flag) })
const cached = of('ETNA_BO_CACHED')
const combined = of('ETNA_BO_WC')
const uncached = of('ETNA_BO_UNCACHED')

/** Bytes that crossed the bus between two landmarks. */
function bus({ journal }: Told, from: string, to: string): number {
  const until = (name: string): number => costsOf(journal, seqOf(journal, { event: 'landmark', fields: { name } }) ?? -1).total.bus
  return until(to) - until(from)
}

const drawn = (told: Told): number => stepsOf(told, 'store.bytes').at(-1)?.seq ?? Infinity

export default chapter({
  lesson: 'L17',
  title: 'Slow reads',
  goal: 'choose how a buffer is mapped from what the CPU will do with it.',
  recipes: [combined, cached],
  names: ['write-combined', 'cached'],
  beats: [
    { at: null, text: 'A mapping that is slow is mostly no slow code. etnaviv lets a program choose, buffer by buffer: [write-combined], [cached] or uncached. **The program is the same but for one flag**, and what is counted is bytes on the bus to memory.' },
    { at: 'mapped', text: 'The first run maps past the cache, the second cached. This GPU does not look into the CPU’s cache, so whoever maps cached owes it a bracket: `CPU_PREP`, which before writing only waits for the GPU, and `CPU_FINI` afterwards.' },
    { at: { event: 'store.bytes', fields: { sizeBytes: 4096 } }, text: 'The day is drawn. Write-combined, stores are gathered in a small buffer and leave it a whole [cache line] at a time: **4,096 bytes written, 4,096 bytes on the bus**. For a CPU that only writes, nothing is cheaper.' },
    { at: 'written', run: 1, text: 'Cached, the stores stayed in the cache until `CPU_FINI` [clean]ed all 64 lines: the same 4,096 bytes, later. **Writing costs the same, where the lines are in the cache already**; else each is fetched before it is written.' },
    { at: 'read once', text: 'Now the CPU reads a line back. Both fetch 64 bytes from memory.' },
    { at: 'read again', run: 0, text: 'And again, three times. Write-combined, **every load goes to memory**: 192 bytes more, and the core waits each time. Cached, it finds the line where it left it, and the bus is quiet. A loop that blends over such a mapping reads each pixel that way.' },
  ],
  question: {
    ask: 'the same reads through the uncached mapping. How much crosses the bus for the three further loads?',
    choices: { more: 'More than write-combined', same: 'As much as write-combined', none: 'Nothing, as cached' },
    runs: [uncached],
    answer: ([run]) => {
      const bytes = bus(run!, 'read once', 'read again')
      return bytes === 0 ? 'none' : bytes > 192 ? 'more' : 'same'
    },
    otherwise: [cached],
    why: 'A load knows no gathering: neither of the two keeps what it has fetched. They differ in stores, which an uncached mapping sends one by one and in order.',
  },
  breakIt: { title: 'store without a buffer', text: 'Uncached beside write-combined. While the day is drawn, look at the write buffers: on one side they fill and drain, on the other each store is in memory at once, which is what a device’s registers want and pixels do not.', recipes: [uncached, combined], names: ['uncached', 'write-combined'], at: 'written' },
  sources: [
    { title: 'etnaviv_gem_mmap_obj: three flags, three attributes', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/etnaviv/etnaviv_gem.c' },
    { title: 'pgprot_writecombine, pgprot_noncached', version: 'Linux 6.19, arm64', url: 'https://elixir.bootlin.com/linux/v6.19/source/arch/arm64/include/asm/pgtable.h' },
    { title: 'Met in practice: raspberrypi/linux 5286', version: 'GitHub, 18 December 2022', url: 'https://github.com/raspberrypi/linux/issues/5286' },
  ],
  check: ([wc, wb]) => unless({
    'both write the same bytes to memory': bus(wc!, 'mapped', 'written') === 4096 && bus(wb!, 'mapped', 'written') === 4096,
    'the first read costs the same': bus(wc!, 'written', 'read once') === 64 && bus(wb!, 'written', 'read once') === 64,
    'past the cache each further read is paid': bus(wc!, 'read once', 'read again') === 192,
    'cached it is free': bus(wb!, 'read once', 'read again') === 0,
    'the cached one needed its bracket': stepsOf(wb!, 'cache.clean').some(({ seq, fields }) => fields.written === 64 && seq > drawn(wb!)),
  }),
})
