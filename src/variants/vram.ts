/** V25: the memory of a graphics card. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V25', id: 'vram', title: 'memory of a graphics card', group: 'Other exporters',
  why: 'A graphics card exports, another device imports. To be read there the buffer moves out of the card\'s memory into system memory; its mappings are taken away and come back at the next fault. It works; reads by the CPU are slow.',
  who: 'amdgpu, xe and nouveau, when a laptop draws on one GPU and shows on the other', where: 'PRIME render offload on desktops', from: '2012, with PRIME',
  sources: [{ title: 'amdgpu_dma_buf.c', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/amd/amdgpu/amdgpu_dma_buf.c' }],
  parts: { flags: 'F1', path: 'D', kernel: 'KNOW', importer: 'panfrost', exporter: 'E5' },
  shows: 'amdgpu_bo_export: DRM_CLOEXEC | DRM_RDWR',
  scenarios: ['canonical'],
})
