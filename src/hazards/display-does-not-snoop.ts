/** A cached store waits in the CPU's cache while the display shows the memory behind it: old pixels on the panel, in pieces of a line. */
import { hazard } from '../journal/hazard.ts'
import { dirtyUnseen, newest, type Newest } from './_dirty.ts'

export default hazard<Newest>({
  id: 'display-does-not-snoop',
  known: 'H14',
  title: 'The display shows memory, and the newest pixels are in the CPU\'s cache',
  seenIn: { scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E2' },
  memory: newest,
  watch: (step, world, memory) => dirtyUnseen(step, world, memory, 'display'),
})
