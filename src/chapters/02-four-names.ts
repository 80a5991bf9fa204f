/** L12: one page, and an address of its own for everybody who reaches it. */
import { PAGE_SIZE } from '../base/brand.ts'
import { chapter, unless, type Told } from './chapter.ts'
import { stepsOf } from './looks.ts'

const recipe = { scenario: 'canonical', variant: 'V5', platform: 'rk3399-iommu' }

interface Names { readonly display: number; readonly gpu: number; readonly cpu: number; readonly page: number }
/** The addresses under which the picture's first page is reached, and where it lies. */
function namesOf(told: Told): Names | null {
  const [made] = stepsOf(told, 'gem.dma.address')
  const gpu = stepsOf(told, 'iopt.map', 'B.3').at(-1)
  const cpu = stepsOf(told, 'pte.set', 'B.5').at(-1)
  const read = stepsOf(told, 'job.read').at(-1)
  if (!made || !gpu || !cpu || !read) return null
  return { display: made.fields.dmaAddr, gpu: gpu.fields.gpuVa, cpu: cpu.fields.addr, page: Math.floor(read.fields.phys / PAGE_SIZE) * PAGE_SIZE }
}

export default chapter({
  lesson: 'L12',
  title: 'Four names for one page',
  goal: 'draw the addresses of one page: the one in memory, and those by which a process, a GPU and a display reach it.',
  recipes: [recipe],
  beats: [
    { at: null, text: 'The picture fits in one page of memory. A process, a GPU and a display will all reach it, and it is tempting to think that they pass one address around. **They do not: everybody has a name of their own for it**, and a table that says what the name means.' },
    { at: { event: 'io.map' }, text: 'The compositor asks the display’s driver for a [dumb buffer]. This display sits behind an [IOMMU], so the driver gets a page, chooses a free device address and writes an entry that leads from one to the other. That is the buffer’s [DMA address].' },
    { at: 'night drawn', text: 'The compositor has drawn through an address of its own process. The CPU found the page by four levels of [page table|page table]s that the kernel filled for this process alone. **The number means nothing to anybody else.**' },
    { at: 'night shown', text: 'The display has put its DMA address on the bus, and the IOMMU has walked its own two levels. No CPU table took part.' },
    { at: { event: 'iopt.map', call: 'B.3' }, text: 'The buffer crosses as a descriptor, with no address in it. On import the GPU’s driver gets an [sg_table], the list of pieces, and enters them into the GPU’s own tables: the [GPU address]. In Linux 5.2 **panfrost has one such space for all processes**; one for each open file came by 5.4.' },
    { at: 'mapped', text: 'The client maps the same page. Its process has other tables, and the entry in them is a third way to the same place. Select the page on the stage and look at the entries side by side: they agree in one thing, the page number.' },
    { at: 'read by the GPU', text: 'The GPU has read what the client drew. **Nobody ever told it where the client had mapped it**, and it did not need to know.' },
  ],
  question: {
    ask: 'the same board, with the display not behind an IOMMU. Which number does the display’s driver give the display?',
    choices: { own: 'Again one chosen from a space of its own', page: 'The place of the page in memory itself', gpu: 'The GPU’s address, which is known by then' },
    runs: [{ ...recipe, platform: 'rk3399' }],
    answer: ([run]) => {
      const names = namesOf(run!)!
      return names.display === names.page ? 'page' : names.display === names.gpu ? 'gpu' : 'own'
    },
    otherwise: [recipe],
    why: 'With nothing in between, the address on the bus is the one in memory. That is why such a display needs its pages in one piece, and why code that passes physical addresses around seems to work until it meets an IOMMU.',
  },
  breakIt: { title: 'take the IOMMU away', text: 'The same story on a board whose display has none: one of the names falls together with the page’s place in memory.', recipes: [recipe, { ...recipe, platform: 'rk3399' }], names: ['behind an IOMMU', 'no IOMMU'], at: 'night shown' },
  sources: [
    { title: 'dma_map_sg: what a device is told', version: 'Linux 6.19, documentation', url: 'https://www.kernel.org/doc/html/v6.19/core-api/dma-api.html' },
    { title: 'panfrost_probe: one space for all, from 32 MiB to 4 GiB', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/panfrost/panfrost_drv.c' },
    { title: 'panfrost_mmu_map', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/panfrost/panfrost_mmu.c' },
  ],
  check: ([run]) => {
    const names = namesOf(run!)
    return unless({
      'everybody reaches the picture': names !== null,
      'all four are different': names !== null && new Set(Object.values(names)).size === 4,
      'all lead to one page': new Set([...stepsOf(run!, 'io.map').map(({ fields }) => fields.phys), ...stepsOf(run!, 'iopt.map', 'B.3').map(({ fields }) => fields.phys), ...stepsOf(run!, 'store.bytes').map(({ fields }) => fields.phys)]).size === 1,
    })
  },
})
