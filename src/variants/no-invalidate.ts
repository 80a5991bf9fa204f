/** A driver that never makes the GPU forget: it cleans at the end of a job, and does nothing at the start of one. */
import { forgetful } from '../machine/forgets.ts'

export default forgetful({
  id: 'panfrost-no-invalidate', title: 'panfrost that forgets to invalidate',
  why: 'Everything that jobs write reaches memory, and every line stays in the cache of the GPU: a later job finds it there, however old. What JS_CONFIG_START_FLUSH is for.',
}, { startFlush: 'none', endFlush: 'clean' })
