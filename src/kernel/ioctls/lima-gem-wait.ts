/**
 * DRM_IOCTL_LIMA_GEM_WAIT: waits for writers of a buffer, or for all who use it; asked for neither it is done.
 * Mirrors: lima_ioctl_gem_wait, lima_gem_wait, drm_gem_dma_resv_wait. Leaves out: that the time is a moment, not a length.
 */
import { refuseWait, unknownOf, waitPhases, type WaitArgs } from '../gem-wait.ts'
import { ioctl } from '../ioctl.ts'

interface GemWait extends WaitArgs { readonly op: readonly string[] }

export default ioctl<GemWait>({
  name: 'DRM_IOCTL_LIMA_GEM_WAIT',
  on: 'drm',
  driver: 'lima',
  render: true,
  phases: waitPhases<GemWait>({
    first: (k, { op }) => {
      const strange = unknownOf(op, ['LIMA_GEM_WAIT_READ', 'LIMA_GEM_WAIT_WRITE'])
      if (strange.length > 0) return refuseWait(k, 'op', strange.join(' | '))
      return op.length === 0 ? 'nothing' : undefined
    },
    unknown: 'EINVAL', write: ({ op }) => op.includes('LIMA_GEM_WAIT_WRITE'), askOnly: ({ timeout }) => timeout === 0, busy: 'EBUSY', over: 'ETIMEDOUT',
  }),
})
