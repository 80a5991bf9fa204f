/** A driver that forgets the flush at the end of a job. */
import { forgetful } from '../machine/forgets.ts'

export default forgetful({
  id: 'panfrost-no-end-flush', title: 'panfrost that forgets the end flush',
  why: 'The job is over and its fence signals, and what it wrote may still lie in the cache of the GPU: what JS_CONFIG_END_FLUSH is for.',
}, { endFlush: 'none' })
