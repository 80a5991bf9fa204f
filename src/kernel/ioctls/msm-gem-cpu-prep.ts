/**
 * DRM_IOCTL_MSM_GEM_CPU_PREP: waits for the GPU, and does nothing about caches, whatever the buffer is.
 * Mirrors: msm_ioctl_gem_cpu_prep, msm_gem_cpu_prep. Leaves out: MSM_PREP_BOOST.
 */
import { refuseWait, unknownOf, waitPhases, type WaitArgs } from '../gem-wait.ts'
import { ioctl } from '../ioctl.ts'

interface CpuPrep extends WaitArgs { readonly op: readonly string[] }

export default ioctl<CpuPrep>({
  name: 'DRM_IOCTL_MSM_GEM_CPU_PREP',
  on: 'drm',
  driver: 'msm',
  render: true,
  phases: waitPhases<CpuPrep>({
    first: (k, { op }) => {
      const strange = unknownOf(op, ['MSM_PREP_READ', 'MSM_PREP_WRITE', 'MSM_PREP_NOSYNC'])
      return strange.length > 0 ? refuseWait(k, 'op', strange.join(' | ')) : undefined
    },
    unknown: 'ENOENT',
    write: ({ op }) => op.includes('MSM_PREP_WRITE'),
    askOnly: ({ op, timeout }) => op.includes('MSM_PREP_NOSYNC') || timeout === 0,
    busy: 'EBUSY',
    over: 'ETIMEDOUT',
  }),
})
