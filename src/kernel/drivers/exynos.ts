/**
 * exynos: the display of Samsung chips. Its mmap has handed imports to their exporter since 2018, and forgets the reference of the area to this day.
 * Mirrors: exynos_drm_gem.c (exynos_drm_gem_mmap, exynos_drm_gem_mmap_obj, exynos_drm_gem_prime_import_sg_table).
 * Leaves out: functions of its own for contiguous memory, for which those of the DMA helper stand; its IOMMU, with which buffers lie scattered;
 * cached and uncached buffers; what a display of 5.2 without an IOMMU shows of a scattered import, which nobody refuses there.
 */
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { forgetEvents, probeCrtc } from '../crtc.ts'
import { driver } from '../driver.ts'
import { forget, forwardingMmap52, isImport, redirecting } from '../forward-mmap.ts'
import { cmaHooks52, dmaHooks } from '../gem-dma-hooks.ts'
import { cmaMmapObj } from '../gem-dma-mmap.ts'
import { own } from '../gem-mmap.ts'
import { importPages } from '../gem-pages.ts'
import { gemVmOps } from '../gem-vm.ts'
import type { DriverHooks } from '../hooks.ts'
import { createMmapOffset } from '../vma-offset.ts'

const NAME = 'exynos_drm_gem_mmap'
const redirect = redirecting(NAME, forget)
const display: DriverHooks = { modeset: true, probe: probeCrtc, postClose: forgetEvents, vmOps: 'exynos_drm_gem_vm_ops', ownVmOps: gemVmOps }

export default driver({
  name: 'exynos',
  forgetsUntil: 'never',
  inShort: 'Hands the mapping of an import to its exporter, and leaks a reference to the import each time, to this day; but no call tells the offset. SYNC waits for fences only.',
  importer: {
    title: 'exynos', why: 'A display whose mmap forwarded imports to their exporter in 2019 already. No call tells the offset of an import, so user space cannot get there.',
    leavesOut: 'A display has no render node; here it has one, so that one program serves all importers. There is no GPU: the CPU draws, and nothing is handed over.',
  },
  releases: {
    '5.2': {
      ...cmaHooks52, ...display,
      mmap: forwardingMmap52(NAME, redirect, cmaMmapObj),
      importSgTable: fn('exynos_drm_gem_prime_import_sg_table', (k: Kernel, attachment, sgt): Id<'gem'> => {
        const gem = importPages(k, attachment, sgt)
        createMmapOffset(k, gem)
        return gem
      }),
    },
    '6.1': {
      ...dmaHooks, ...display,
      gemMmap: fn(NAME, (k, gem, vma) => {
        if (isImport(k, gem)) return redirect(k, gem, vma)
        own(k, vma, gem, ['io', 'de', 'dd'], ['pf'], k.parts.dmaPgprot(k, k.world.get(gem).device))
        return cmaMmapObj(k, gem, vma)
      }),
    },
  },
})
