/** Linux 6.19, today. */
import { fbPutsHandle, fbTakesHandle } from '../framebuffer.ts'
import { handleToFdNow } from '../prime.ts'
import { flavour } from './_flavour.ts'
import k61 from './k61.ts'

export default flavour('KNOW', {
  ...k61.parts,
  release: '6.19',
  handleToFd: handleToFdNow,
  mali: { ...k61.parts.mali, attrIndex: 1 },
  dmaBufOps: { ...k61.parts.dmaBufOps },
  plainNodes: { ...k61.parts.plainNodes },
  fbAdded: fbTakesHandle,
  fbRemoved: fbPutsHandle,
})
