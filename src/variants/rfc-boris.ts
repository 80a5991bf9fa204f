/** V5: what the RFC proposes. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V5', id: 'rfc-boris', title: 'RFC: RW export', group: 'The story',
  why: 'Export with DRM_RDWR and map the dma-buf itself: the exporter makes the mapping, with its own attributes. The importer is not needed for it at all.',
  who: 'Boris Brezillon, in the RFC of 3 July 2019; later Chromium and llvmpipe', where: 'not merged in 2019; driver by driver in Mesa since, each time for somebody who needed it', from: '3 July 2019',
  sources: [
    { title: 'Boris Brezillon: mesa: Export BOs in RW mode', version: 'mail 20190703133357.10217-1, 3 July 2019', url: 'https://patchwork.freedesktop.org/patch/315426/' },
    { title: 'amdgpu_bo_export passes DRM_RDWR', version: 'libdrm b81d44d587d, March 2018', url: 'https://gitlab.freedesktop.org/mesa/drm/-/commit/b81d44d587d' },
    { title: 'anv: DRM_RDWR in anv_gem_handle_to_fd', version: 'Mesa 20.2.5 and 20.3.1', url: 'https://gitlab.freedesktop.org/mesa/mesa/-/commit/df76963a5cd' },
    { title: 'iris and i965, because Chromium maps in another process', version: 'Mesa 21.1.1', url: 'https://gitlab.freedesktop.org/mesa/mesa/-/commit/b74898ef699' },
    { title: 'freedreno and turnip, for guests of virtio-gpu', version: 'Mesa 22.0.0', url: 'https://gitlab.freedesktop.org/mesa/mesa/-/commit/ef325d46503' },
    { title: 'crocus', version: 'Mesa 22.0.2', url: 'https://gitlab.freedesktop.org/mesa/mesa/-/commit/5c4906dc0f0' },
    { title: 'panfrost, panthor and etnaviv', version: 'Mesa 25.1.0', url: 'https://docs.mesa3d.org/relnotes/25.1.0.html' },
    { title: 'kms-swrast', version: 'Mesa 25.3.0', url: 'https://docs.mesa3d.org/relnotes/25.3.0.html' },
    { title: 'renderonly, vc4, radeon and others, at once', version: 'Mesa, after 25.2; in which release could not be confirmed', url: 'https://gitlab.freedesktop.org/mesa/mesa/-/commit/4531b8ace443' },
  ],
  parts: { flags: 'F1', path: 'D', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC | DRM_RDWR)',
})
