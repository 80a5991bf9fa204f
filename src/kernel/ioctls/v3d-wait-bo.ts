/**
 * DRM_IOCTL_V3D_WAIT_BO: waits until nothing is pending on a buffer. The helper that it calls knows one error for an unknown handle and one for time.
 * Mirrors: v3d_wait_bo_ioctl, drm_gem_dma_resv_wait. Leaves out: the time that is left after an interruption.
 */
import { refuseWait, waitPhases, type WaitArgs } from '../gem-wait.ts'
import { ioctl } from '../ioctl.ts'

interface WaitBo extends WaitArgs { readonly pad: number }

export default ioctl<WaitBo>({
  name: 'DRM_IOCTL_V3D_WAIT_BO',
  on: 'drm',
  driver: 'v3d',
  render: true,
  phases: waitPhases<WaitBo>({
    first: (k, { pad }) => (pad !== 0 ? refuseWait(k, 'pad', String(pad)) : undefined),
    unknown: 'EINVAL', write: () => true, askOnly: ({ timeout }) => timeout === 0, busy: 'ETIME', over: 'ETIME',
  }),
})
