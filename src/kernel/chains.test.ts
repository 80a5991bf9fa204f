/** The shortest ordered call chains of the calls that matter: the model runs these functions, in this order, whatever else it runs between them. */
import { expect, test } from 'vitest'
import { tryKernel } from './_try.ts'
import { load, store } from './fault.ts'

const chain = (text: string): string[] => text.trim().split(/\s*→\s*/)
/** What of a chain was not found, from the first function that is missing on. */
function missing(entered: readonly string[], wanted: readonly string[]): string[] {
  let at = 0
  for (const [i, name] of wanted.entries()) {
    const found = entered.indexOf(name, at)
    if (found < 0) return wanted.slice(i)
    at = found + 1
  }
  return []
}
const ALL = ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW']

test('a chain that is not there is found missing', () => {
  expect(missing(['a', 'b', 'c'], ['a', 'c'])).toEqual([])
  expect(missing(['a', 'b', 'c'], ['c', 'a'])).toEqual(['a'])
})

test.each([
  ['K52', 'panfrost_ioctl_create_bo → drm_gem_shmem_create_with_handle → drm_gem_shmem_create → panfrost_gem_create_object → drm_gem_object_init → drm_gem_create_mmap_offset → drm_gem_handle_create → drm_gem_handle_create_tail → drm_vma_node_allow → panfrost_mmu_map → drm_gem_shmem_get_pages_sgt → drm_gem_get_pages → dma_map_sg'],
  ['KNOW', 'panfrost_ioctl_create_bo → panfrost_gem_create → drm_gem_shmem_create → drm_gem_object_init → drm_gem_create_mmap_offset → drm_gem_handle_create → drm_gem_handle_create_tail → drm_vma_node_allow → panfrost_gem_open → panfrost_mmu_map → drm_gem_shmem_get_pages_sgt → drm_gem_get_pages → dma_map_sgtable'],
])('%s: create', (kernel, wanted) => {
  const t = tryKernel(kernel)
  const a = t.process('A')
  const gpu = a.open('panfrost-render')
  expect(missing(t.entered(() => a.ioctl(gpu, 'PANFROST_CREATE_BO', { size: 4096, flags: [] })), chain(wanted))).toEqual([])
})

test.each([
  ['K52', 'drm_prime_handle_to_fd_ioctl → drm_gem_prime_handle_to_fd → export_and_register_object → drm_gem_prime_export → drm_gem_dmabuf_export → dma_buf_export → anon_inode_getfile → drm_prime_add_buf_handle → dma_buf_fd → get_unused_fd_flags → fd_install'],
  ['K61', 'drm_prime_handle_to_fd_ioctl → drm_gem_prime_handle_to_fd → export_and_register_object → drm_gem_prime_export → drm_gem_dmabuf_export → dma_buf_export → dma_buf_getfile → drm_prime_add_buf_handle → dma_buf_fd → get_unused_fd_flags → fd_install'],
  ['KNOW', 'drm_prime_handle_to_fd_ioctl → drm_gem_prime_handle_to_fd → get_unused_fd_flags → drm_gem_prime_handle_to_dmabuf → export_and_register_object → drm_gem_prime_export → drm_gem_dmabuf_export → dma_buf_export → dma_buf_getfile → drm_prime_add_buf_handle → fd_install'],
])('%s: export', (kernel, wanted) => {
  const t = tryKernel(kernel)
  const a = t.process('A')
  const card = a.open('cirrus')
  const handle = a.dumb(card)
  expect(missing(t.entered(() => a.export(card, handle)), chain(wanted))).toEqual([])
})

/** An import of a shmem card's buffer by panfrost, before or after the import itself. */
function share(kernel: string) {
  const t = tryKernel(kernel)
  const a = t.process('A')
  const card = a.open('kms-shmem')
  const fd = a.export(card, a.dumb(card))
  return { t, a, fd, gpu: a.open('panfrost-render') }
}

test.each(ALL)('%s: import of a foreign buffer', kernel => {
  const { t, a, fd, gpu } = share(kernel)
  const map = kernel === 'K61' || kernel === 'KNOW' ? 'dma_map_sgtable' : 'dma_map_sg'
  expect(missing(t.entered(() => a.import(gpu, fd)), chain(`drm_prime_fd_to_handle_ioctl → drm_gem_prime_fd_to_handle → dma_buf_get → drm_prime_lookup_buf_handle → drm_gem_prime_import_dev → dma_buf_attach →
    drm_gem_map_attach → drm_gem_shmem_pin → dma_buf_map_attachment → drm_gem_map_dma_buf → ${map} → drm_gem_shmem_prime_import_sg_table → drm_gem_handle_create_tail → drm_prime_add_buf_handle`))).toEqual([])
})

const REDIRECTED = 'ksys_mmap_pgoff → do_mmap → mmap_region → drm_gem_mmap → drm_gem_mmap_obj → drm_gem_shmem_object_mmap → drm_gem_shmem_mmap → dma_buf_mmap → vma_set_file → drm_gem_dmabuf_mmap → drm_gem_prime_mmap → drm_gem_shmem_object_mmap → drm_gem_shmem_mmap'
test.each([
  ['K52', 'ksys_mmap_pgoff → do_mmap → mmap_region → drm_gem_shmem_mmap → drm_gem_mmap → drm_gem_mmap_obj → drm_gem_shmem_get_pages', 'drm_gem_shmem_fault → vmf_insert_page'],
  ['KBLK', 'ksys_mmap_pgoff → do_mmap → mmap_region → drm_gem_shmem_mmap → drm_gem_mmap → drm_gem_mmap_obj → drm_gem_shmem_get_pages', 'drm_gem_shmem_fault → vmf_insert_page'],
  ['KRFC', 'do_mmap → mmap_region → drm_gem_shmem_mmap → drm_gem_mmap_helper → dma_buf_mmap → drm_gem_dmabuf_mmap → drm_gem_prime_mmap → drm_gem_shmem_mmap → drm_gem_mmap_helper → drm_gem_mmap_obj', 'drm_gem_shmem_fault → vmf_insert_page'],
  ['K61', REDIRECTED, 'drm_gem_shmem_fault → vmf_insert_pfn'],
  ['KNOW', REDIRECTED, 'drm_gem_shmem_fault → vmf_insert_pfn'],
])('%s: mmap of the import through the node, and its first fault', (kernel, wanted, fault) => {
  const { t, a, fd, gpu } = share(kernel)
  a.import(gpu, fd)
  let addr = 0
  expect(missing(t.entered(() => { addr = a.mmap(gpu, { offset: t.offsetOf(t.gemOf('panfrost')) }) }), chain(wanted))).toEqual([])
  expect(missing(t.entered(() => { store(t.context('task:A'), addr, Uint8Array.of(1)) }), chain(fault))).toEqual([])
  expect(load(t.context('task:A'), addr, 1).bytes[0]).toBe(1)
})

test.each(['K61', 'KNOW'])('%s: SYNC of a heap buffer: the hook first, for every mapped attachment, then the fences', kernel => {
  const t = tryKernel(kernel)
  const a = t.process('A')
  const { fd } = a.ioctl(a.open('/dev/dma_heap/system'), 'DMA_HEAP_IOCTL_ALLOC', { len: 4096, fd_flags: ['O_RDWR'], heap_flags: [] })
  a.import(a.open('panfrost-render'), fd!)
  expect(missing(t.entered(() => void a.ioctlAnswer(fd!, 'DMA_BUF_IOCTL_SYNC', { flags: ['DMA_BUF_SYNC_READ'] })), chain('dma_buf_ioctl → dma_buf_begin_cpu_access → system_heap_dma_buf_begin_cpu_access → dma_sync_sgtable_for_cpu'))).toEqual([])
  expect(a.ioctlAnswer(fd!, 'DMA_BUF_IOCTL_SYNC', { flags: ['DMA_BUF_SYNC_READ'] })).toBe('then wait')
})

test.each(ALL)('%s: GEM_CLOSE of an import', kernel => {
  const { t, a, fd, gpu } = share(kernel)
  const handle = a.import(gpu, fd)
  a.call('close', { fd })
  const [remove, free] = kernel === 'K61' || kernel === 'KNOW' ? ['drm_prime_remove_buf_handle', 'drm_gem_shmem_free'] : ['drm_prime_remove_buf_handle_locked', 'drm_gem_shmem_free_object']
  expect(missing(t.entered(() => a.ioctl(gpu, 'GEM_CLOSE', { handle })), chain(`drm_gem_close_ioctl → drm_gem_handle_delete → drm_gem_object_release_handle → ${remove} → drm_vma_node_revoke → drm_gem_object_handle_put_unlocked →
    drm_gem_object_free → ${free} → drm_prime_gem_destroy → dma_buf_unmap_attachment → dma_buf_detach → dma_buf_put`))).toEqual([])
})
