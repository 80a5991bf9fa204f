/** A cached store waits in the CPU's cache while a job reads the memory behind it. */
import { hazard } from '../journal/hazard.ts'
import { dirtyUnseen, newest, type Newest } from './_dirty.ts'

export default hazard<Newest>({
  id: 'dirty-line-unseen',
  known: 'H1',
  title: 'The GPU reads past a dirty line of the CPU\'s cache',
  seenIn: { scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E2' },
  memory: newest,
  watch: (step, world, memory) => dirtyUnseen(step, world, memory, 'gpu'),
})
