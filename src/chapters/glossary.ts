/** What the chapters' terms mean, in one sentence each, and the file to read next. Kernel paths unless Mesa is named. */

export interface Meaning { readonly means: string; readonly readNext: string }

const term = (means: string, readNext: string): Meaning => ({ means, readNext })

export const glossary: Readonly<Record<string, Meaning>> = {
  // Objects and their names.
  'GEM object': term('What one device’s driver keeps of a buffer in the kernel; it counts who still uses it.', 'drivers/gpu/drm/drm_gem.c'),
  handle: term('A small number that stands for a GEM object, and only within one open file of the device.', 'drm_gem.c: drm_gem_handle_create_tail'),
  'DRM file': term('What the kernel keeps for one open() of a device node: its handles and what it has imported.', 'drivers/gpu/drm/drm_file.c'),
  'dumb buffer': term('A plain linear buffer that every display driver can make, for pictures that the CPU draws.', 'drivers/gpu/drm/drm_dumb_buffers.c'),
  'render node': term('A node such as /dev/dri/renderD128: for work on the GPU and for sharing, not for setting up a display.', 'drivers/gpu/drm/drm_ioctl.c'),
  'shmem helper': term('Shared driver code for buffers whose pages come one by one, as those of a file in memory.', 'drivers/gpu/drm/drm_gem_shmem_helper.c'),
  VRAM: term('Memory on a graphics card. The CPU reaches it through a window, across a bus that is slow to read.', 'drivers/gpu/drm/ttm/'),
  pitch: term('How many bytes lie between the beginnings of two rows of a picture; also called stride.', 'drivers/gpu/drm/drm_dumb_buffers.c'),
  modifier: term('A number that says how pixels lie in a buffer: row by row, in tiles, compressed.', 'include/uapi/drm/drm_fourcc.h'),
  TTM: term('The part of the kernel that moves buffers between the memory of a graphics card and that of the system.', 'drivers/gpu/drm/ttm/'),

  // Mapping.
  'fake offset': term('A token per object: given to mmap() on the device’s node, it says which object is meant. It is no place in a file.', 'drivers/gpu/drm/drm_vma_manager.c'),
  'allow list': term('The open files that may map an object; each handle puts its file on it.', 'drm_vma_manager.c: drm_vma_node_allow'),
  'node mmap': term('Mapping a buffer through the device’s own file, with its fake offset.', 'drivers/gpu/drm/drm_gem.c: drm_gem_mmap'),
  'dma-buf mmap': term('Mapping a buffer through the descriptor by which it is shared; its exporter always serves it.', 'drivers/dma-buf/dma-buf.c: dma_buf_mmap_internal'),
  redirect: term('The importer’s mmap hands the mapping over to the exporter, which then serves every fault.', 'drivers/dma-buf/dma-buf.c: dma_buf_mmap'),
  VMA: term('One stretch of a process’s addresses under one set of rules: what it shows, who serves it, what is allowed.', 'mm/mmap.c'),
  VM_MAYWRITE: term('Whether a mapping could still be made writable later, by mprotect().', 'mm/mprotect.c'),
  VM_MIXEDMAP: term('The mark of a mapping that may hold both counted pages and bare page numbers.', 'mm/memory.c'),
  SIGBUS: term('The signal for a mapped address behind which there can be no page.', 'mm/memory.c'),
  'page fault': term('The CPU finds no entry for an address and asks the kernel to put one there.', 'mm/memory.c'),
  f_mode: term('How a file was opened: for reading, for writing. It is fixed when the file is made.', 'mm/mmap.c: do_mmap'),
  'shoot-down': term('Taking away the entries of all mappings of a file, so that the next access asks again.', 'mm/memory.c: unmap_mapping_range'),

  // Sharing.
  'dma-buf': term('A buffer as a file: what is passed between processes and drivers that know nothing of each other.', 'drivers/dma-buf/dma-buf.c'),
  exporter: term('The driver that owns the memory of a shared buffer and decides how it may be reached.', 'include/linux/dma-buf.h'),
  importer: term('A driver that uses the memory of somebody else’s buffer.', 'drm_prime.c: drm_gem_prime_import_dev'),
  'self-import': term('A buffer comes back to the device that exported it: its own object is found, and nothing is attached.', 'drm_prime.c: drm_gem_prime_import_dev'),
  attachment: term('The link between a shared buffer and one device that uses it; it keeps the memory in place.', 'dma-buf.c: dma_buf_dynamic_attach'),
  import_attach: term('The field that tells an imported GEM object from one of the device’s own.', 'include/drm/drm_gem.h'),
  DRM_RDWR: term('Export flag: the dma-buf’s file is open for writing as well. Without it the file is read-only for ever.', 'include/uapi/drm/drm.h'),
  DRM_CLOEXEC: term('Export flag: exec() closes the new descriptor. It says nothing of reading or writing.', 'include/uapi/drm/drm.h'),
  'dma-heap': term('A device file that hands out memory as dma-bufs at once, without any GPU or display.', 'drivers/dma-buf/dma-heap.c'),
  'carve-out': term('Memory set aside at boot, perhaps with no page structures at all.', 'Documentation/devicetree/bindings/reserved-memory/'),
  'struct page': term('What the kernel keeps for each page of ordinary memory. Other memory may have none.', 'include/linux/mm_types.h'),
  renderonly: term('Mesa’s pairing of a display that cannot draw with a GPU that has no display.', 'Mesa src/gallium/auxiliary/renderonly/'),
  'fence': term('A promise in the kernel that a piece of work will be over; it is signalled once.', 'drivers/dma-buf/dma-fence.c'),
  dma_resv: term('The fences of a buffer, and the lock around them.', 'drivers/dma-buf/dma-resv.c'),

  // Addresses.
  sg_table: term('The list of pieces that a buffer consists of, with the addresses under which a device reaches them.', 'include/linux/scatterlist.h'),
  'DMA address': term('The address that a device puts on the bus; behind an IOMMU it is no physical one.', 'kernel/dma/mapping.c'),
  IOMMU: term('Page tables for devices that have none of their own.', 'drivers/iommu/'),
  'GPU address': term('An address in the GPU’s own page tables.', 'drivers/gpu/drm/panfrost/panfrost_mmu.c'),
  'page table': term('The tree by which a processor turns an address into a place in memory, and learns what it may do there.', 'arch/arm64/include/asm/pgtable.h'),
  TLB: term('Where a processor remembers translations, so that it need not walk its tables again.', 'drivers/gpu/drm/panfrost/panfrost_mmu.c'),

  // Caches.
  cached: term('Loads and stores go through the CPU’s cache, so the newest bytes may be there and not in memory.', 'arch/arm64/include/asm/memory.h'),
  'write-combined': term('Stores go past the cache, gathered in a small buffer on their way; loads fetch memory each time.', 'arch/arm64/include/asm/pgtable.h: pgprot_writecombine'),
  'cache line': term('The 64 bytes that caches move at once: here, half a row of the picture.', 'arch/arm64/mm/cache.S'),
  dirty: term('Of a cache line: newer than memory, and not written back yet.', 'arch/arm64/mm/cache.S'),
  clean: term('To write a dirty line back to memory, and to keep it.', 'arch/arm64/mm/dma-mapping.c'),
  invalidate: term('To forget a line, so that the next load fetches memory.', 'arch/arm64/mm/dma-mapping.c'),
  snoop: term('To look into the CPU’s caches on the way to memory.', 'kernel/dma/mapping.c'),
  'begin_cpu_access': term('The exporter’s part of a bracket around CPU access; it may wait, move the buffer, or forget lines.', 'drivers/dma-buf/dma-buf.c'),
  DMA_BUF_IOCTL_SYNC: term('How a program says that it begins or ends to touch a shared buffer with the CPU.', 'include/uapi/linux/dma-buf.h'),
  'mismatched alias': term('One page, reached cached by one mapping and past the cache by another.', 'Arm Architecture Reference Manual, mismatched memory attributes'),
}
