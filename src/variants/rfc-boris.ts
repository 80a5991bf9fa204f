/** V5: what the RFC proposes. */
import { variant } from '../machine/variant.ts'

const mesa = (version: string, title: string, url: string) => ({ title, version: `Mesa ${version}`, url })
const notes = (version: string, title: string) => mesa(version, title, `https://docs.mesa3d.org/relnotes/${version}.html`)
const commit = (version: string, title: string, id: string) => mesa(version, title, `https://gitlab.freedesktop.org/mesa/mesa/-/commit/${id}`)

export default variant({
  number: 'V5', id: 'rfc-boris', title: 'RFC: RW export', group: 'The story',
  why: 'Export with DRM_RDWR and map the dma-buf itself: the exporter makes the mapping, with its own attributes. The importer is not needed for it at all.',
  who: 'Boris Brezillon, in the RFC of 3 July 2019; later Chromium and llvmpipe', where: 'not merged in 2019; driver by driver in Mesa since, each time for somebody who needed it', from: '3 July 2019',
  sources: [
    { title: 'amdgpu_bo_export passes DRM_RDWR', version: 'libdrm, February 2018', url: 'https://gitlab.freedesktop.org/mesa/drm/-/blob/main/amdgpu/amdgpu_bo.c' },
    commit('20.2.5 and 20.3.1', 'anv: DRM_RDWR in anv_gem_handle_to_fd', 'df76963a5cd'),
    commit('21.1.1', 'iris and i965, because Chromium maps in another process', 'b74898ef699'),
    commit('22.0.0', 'freedreno and turnip, for guests of virtio-gpu', 'ef325d46503'),
    commit('22.0.2', 'crocus', '5c4906dc0f0'),
    notes('25.1.0', 'panfrost, panthor and etnaviv'),
    notes('25.3.0', 'kms-swrast'),
    commit('after 25.2', 'lima, vc4, v3d, renderonly and nearly all others', '4531b8ace443'),
  ],
  parts: { flags: 'F1', path: 'D', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC | DRM_RDWR)',
})
