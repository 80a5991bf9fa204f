/** Functions carry the names of their release: what came later, or was gone by then, is in no call chain. Looked up in the sources of 5.2, 6.1 and 6.18. */
import { expect, test } from 'vitest'
import { runRecipe } from '../worker/run-recipe.ts'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)
const LATER = words(`vma_set_file dma_map_sgtable dma_unmap_sgtable dma_sync_sgtable_for_cpu dma_sync_sgtable_for_device dma_buf_getfile mmu_map_sg panfrost_mmu_flush_range
  panfrost_gem_open do_sys_openat2 do_mas_munmap do_vmi_munmap arm_lpae_map_pages arm_lpae_unmap_pages drm_gem_shmem_free drm_gem_shmem_object_mmap drm_gem_dma_create drm_gem_dma_mmap
  drm_prime_remove_buf_handle msm_job_run msm_gem_object_mmap drm_gem_ttm_mmap`)
const OLD = words('__do_munmap drm_prime_remove_buf_handle_locked drm_gem_cma_create drm_gem_cma_mmap drm_gem_shmem_free_object msm_gem_mmap ttm_bo_mmap')
const ABSENT: Readonly<Record<string, readonly string[]>> = {
  K52: LATER, KBLK: LATER, KRFC: LATER,
  K61: [...OLD, ...words('do_vmi_munmap drm_mode_mmap_dumb drm_gem_prime_handle_to_dmabuf msm_gem_prime_export ttm_bo_init')],
  KNOW: [...OLD, ...words('do_mas_munmap drm_gem_shmem_get_pages drm_gem_shmem_put_pages drm_gem_shmem_purge msm_gem_prime_mmap ttm_bo_init')],
}
/** Whose name is another one in another release, or nobody's. */
const strangers = (names: Iterable<string>, kernel: string): readonly string[] => [...new Set(names)].filter(name => ABSENT[kernel]!.includes(name)).sort()

test('a name of another release is found', () => expect(strangers(['dma_map_sg', 'do_vmi_munmap', 'vma_set_file'], 'K52')).toEqual(['do_vmi_munmap', 'vma_set_file']))

test.each(Object.keys(ABSENT))('%s: every function that is called is called as in its release', kernel => {
  const names = ['V1', 'V5', 'V11', 'V12', 'V13', 'V21'].flatMap(variant => runRecipe({ scenario: 'canonical', variant, platform: 'rk3399', kernel }).journal.steps.flatMap(({ stack }) => stack))
  expect(new Set(names).size).toBeGreaterThan(100)
  expect(strangers(names, kernel)).toEqual([])
})
