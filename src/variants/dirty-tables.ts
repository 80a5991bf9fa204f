/** A driver that forgets to clean the entries of its page tables. */
import { forgetful } from '../machine/forgets.ts'

export default forgetful({
  id: 'panfrost-dirty-tables', title: 'panfrost that forgets to clean its page tables',
  why: 'Entries are stored through the CPU\'s cache, and the walker of the GPU looks at memory: it sees them when the lines leave the cache by chance. What dma_sync_single_for_device in io-pgtable is for.',
}, { syncEntries: () => undefined })
