/**
 * rockchip: the display of the RK3399.
 * Mirrors: drivers/gpu/drm/rockchip. Leaves out: contiguous memory of its own, planes, the IOMMU.
 */
import { forgetEvents, probeCrtc } from '../crtc.ts'
import { driver } from '../driver.ts'
import { shmemHooks, shmemHooks52 } from '../shmem-hooks.ts'

export default driver({
  name: 'rockchip',
  inShort: 'Write-combined dumb buffers that the display shows. SYNC waits for fences only.',
  releases: { '5.2': { ...shmemHooks52, modeset: true, probe: probeCrtc, postClose: forgetEvents }, '6.1': { ...shmemHooks({ attr: 'wc' }), modeset: true, probe: probeCrtc, postClose: forgetEvents } },
})
