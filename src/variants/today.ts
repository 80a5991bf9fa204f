/** V9: how it is done since 2020. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V9', id: 'today', title: 'today', group: 'The story',
  why: 'The shared-memory helper redirects the mapping of an import to its exporter. The mode of the dma-buf is still not asked, and nothing is lost.',
  who: 'Daniel Vetter, 2020. In September 2020 Christian König proposed to revert it, because of vm_file and unmap_mapping_range; nothing was reverted, and he gave vma_set_file instead', where: 'Linux 5.9 and later: panfrost, v3d, lima, imagination; current Mesa', from: 'Linux 5.9, October 2020',
  sources: [
    { title: 'drm/shmem-helpers: Redirect mmap for imported dma-buf', version: 'Linux 5.9', url: 'https://git.kernel.org/linus/26d3ac3cb04d' },
    { title: 'Fix dma_buf_mmap forwarding bug: the core overwrote the exporter\'s vm_private_data', version: 'Linux 5.9.y', url: 'https://git.kernel.org/linus/f49a51bfdc8e' },
    { title: 'mm: introduce vma_set_file function', version: 'Linux 5.11', url: 'https://git.kernel.org/linus/295992fb815e' },
    { title: 'Reset vma->vm_ops before calling dma_buf_mmap()', version: 'July 2023', url: 'https://git.kernel.org/linus/07dd476f6116' },
  ],
  parts: { flags: 'F0', path: 'N', kernel: 'KNOW', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
})
