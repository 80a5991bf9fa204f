/** L22: to take a page from the GPU is two acts, and between them it still knows the way. */
import { chapter, unless, type Told } from './chapter.ts'
import { seen, stepsOf } from './looks.ts'

const right = { scenario: 'tlb-outlives-mapping', variant: 'V9', platform: 'rk3399' }
const forgets = { ...right, importer: 'panfrost-no-tlb-flush' }
const foreign = (told: Told): boolean => seen(told, 'H18')
/** Whether the GPU is made to forget in the line that closes the buffer. */
const flushes = (told: Told): boolean => stepsOf(told, 'tlb.flush', 'A.7').some(({ fields }) => fields.agent === 'gpu')

export default chapter({
  lesson: 'L22',
  title: 'The GPU remembers',
  goal: 'place an unmap rightly: entry away, memory of it away, and only then the page to somebody else.',
  recipes: [forgets, right],
  names: ['forgets to flush the TLB', 'flushes it'],
  beats: [
    { at: null, text: 'A GPU walks its [page table|page table]s as a CPU does, and remembers what it found in a [TLB]. **To take a page away is therefore two acts**: the entry goes, and the memory of it. One of these drivers is panfrost with the second act left out.' },
    { at: { event: 'tlb.fill', fields: { agent: 'gpu' } }, text: 'A first job draws into the buffer. The GPU has walked four levels, found the page, and remembers the translation.' },
    { at: { event: 'iopt.unmap', call: 'A.7' }, text: 'The client closes its [handle], so the buffer dies and its entry is cleared in the tables. **The tables are right from here on, in both.** The right driver then sends `FLUSH_PT`, which makes the GPU forget as well.' },
    { at: 'closed', text: 'The page is free. **Nothing has gone wrong yet**, in either run.' },
    { at: 'day shown', text: 'The display’s driver was given a page for a new buffer: the one just freed, for that is what free pages are for. The day is drawn in it and shown.' },
    { at: 'drawn into foreign memory', text: 'A job uses the old [GPU address] once more. In the right driver it finds no entry and faults. In the other it needs no entry, **since the GPU remembers one: it writes night into a buffer that belongs to the display**.' },
    { at: 'shown', text: 'The panel shows it. Unlike most faults in these chapters, this one bites on every machine, x86 among them.' },
  ],
  question: {
    ask: 'the right driver: what does the job do that uses the old address?',
    choices: { writes: 'It writes, since the address is still in the program', faults: 'It faults: there is no way to that page any more', waits: 'It waits until the address is mapped again' },
    runs: [right],
    answer: ([run]) => (foreign(run!) ? 'writes' : stepsOf(run!, 'job.fault').length > 0 ? 'faults' : 'waits'),
    otherwise: [forgets],
    why: 'The walk ends at an empty entry, and the MMU reports a translation fault. A fault is the good outcome here: somebody is told.',
  },
  breakIt: { title: 'the same with an entry nobody can see', text: 'The other half of the rule: an entry that is written, and lies in the CPU’s cache where the GPU’s walk does not look.', recipes: [{ scenario: 'table-write-unseen', variant: 'V9', platform: 'rk3399', importer: 'panfrost-dirty-tables' }, { scenario: 'table-write-unseen', variant: 'V9', platform: 'rk3399' }], names: ['entry not cleaned', 'entry cleaned'] },
  sources: [
    { title: 'panfrost_mmu_unmap, mmu_hw_do_operation', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/panfrost/panfrost_mmu.c' },
  ],
  check: ([without, flushed]) => unless({
    'one driver makes the GPU forget': flushes(flushed!),
    'the other does not': !flushes(without!),
    'access through a stale entry writes into foreign memory': foreign(without!) && !foreign(flushed!),
    'access through an absent one is a fault': stepsOf(flushed!, 'job.fault').length > 0 && stepsOf(without!, 'job.fault').length === 0,
  }),
})
