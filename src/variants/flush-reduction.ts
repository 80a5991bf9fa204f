/** Panfrost with the bit of the job configuration that spares flushes. */
import { part } from '../machine/variant.ts'

export default part({
  axis: 'importer', id: 'panfrost-flush-reduction', title: 'panfrost with flush reduction',
  why: 'JS_CONFIG_ENABLE_FLUSH_REDUCTION: the driver notes the number of the last flush when a job is submitted, and the GPU leaves out the flush at the start where there was one since. That is safe as long as no other job brings a line back in between.',
  leavesOut: 'On which numbers just the GPU compares is not documented: here any flush since the job was submitted counts.',
  change: b => ({ ...b, kernel: { ...b.kernel, mali: { ...b.kernel.mali, flushReduction: true } } }),
})
