/**
 * KBASE_IOCTL_MEM_IMPORT: where the GPU sees an import; the node is mapped at that same address.
 * Mirrors: kbase_api_mem_import.
 * Leaves out: that it takes the dma-buf itself: here PRIME has done that before, and this call only tells the address.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { lookupGem } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ handle: number }>({
  name: 'KBASE_IOCTL_MEM_IMPORT',
  on: 'drm',
  driver: 'kbase',
  render: true,
  run: fn('kbase_api_mem_import', (k: Kernel, file: Id<'file'>, { handle }: { handle: number }): Outcome => {
    const gem = lookupGem(k, drmFileOf(k, file), handle)
    return isFail(gem) ? gem : done({ gpu_va: k.world.get(gem).gpuVa ?? 0 })
  }),
})
