/** A driver that forgets to make the GPU forget. */
import { forgetful } from '../machine/forgets.ts'

export default forgetful({
  id: 'panfrost-no-tlb-flush', title: 'panfrost that forgets FLUSH_PT after an unmap',
  why: 'The entries are empty and the pages are free, and the TLB of the GPU still knows the way to them: what AS_COMMAND_FLUSH_PT is for.',
}, { flushUnmapped: () => undefined })
