/**
 * DRM_IOCTL_PANFROST_WAIT_BO: waits until nothing is pending on a buffer; a time-out of 0 only asks.
 * Mirrors: panfrost_ioctl_wait_bo. Leaves out: the pad of its structure.
 */
import { waitPhases, type WaitArgs } from '../gem-wait.ts'
import { ioctl } from '../ioctl.ts'

export default ioctl<WaitArgs>({
  name: 'DRM_IOCTL_PANFROST_WAIT_BO',
  on: 'drm',
  driver: 'panfrost',
  render: true,
  phases: waitPhases({ unknown: 'ENOENT', write: () => true, askOnly: ({ timeout }) => timeout === 0, busy: 'EBUSY', over: 'ETIMEDOUT' }),
})
