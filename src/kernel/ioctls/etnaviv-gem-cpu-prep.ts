/**
 * DRM_IOCTL_ETNAVIV_GEM_CPU_PREP: waits for the GPU, and gives a cached buffer to the CPU: what the caches hold of it is given up.
 * Mirrors: etnaviv_ioctl_gem_cpu_prep, etnaviv_gem_cpu_prep. Leaves out: a time-out that is over before it begins.
 */
import { getPages } from '../drivers/etnaviv.ts'
import { syncForCpu } from '../dma-map.ts'
import { refuseWait, unknownOf, waitPhases, type WaitArgs } from '../gem-wait.ts'
import type { Direction } from '../hooks.ts'
import { ioctl } from '../ioctl.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface CpuPrep extends WaitArgs { readonly op: readonly string[] }
declare module '../../journal/vocabulary.ts' {
  interface Events { 'prep.cached': { gem: Id<'gem'>; dir: string }; 'prep.uncached': { gem: Id<'gem'>; attr: string } }
}
/** Who reads looks at what the device wrote; who does both is taken for a reader. */
const directionOf = (op: readonly string[]): Direction => (op.includes('ETNA_PREP_READ') ? 'FROM' : op.includes('ETNA_PREP_WRITE') ? 'TO' : 'BIDIR')

export default ioctl<CpuPrep>({
  name: 'DRM_IOCTL_ETNAVIV_GEM_CPU_PREP',
  on: 'drm',
  driver: 'etnaviv',
  render: true,
  says: {
    'prep.cached': '{gem} is **the CPU\'s now** ({dir}), until CPU_FINI: it is mapped cached.',
    'prep.uncached': '{gem} is mapped {attr}, so that **no cache has anything of it**: there was only the GPU to wait for.',
  },
  phases: waitPhases<CpuPrep>({
    first: (k, { op }) => {
      const strange = unknownOf(op, ['ETNA_PREP_READ', 'ETNA_PREP_WRITE', 'ETNA_PREP_NOSYNC'])
      return strange.length > 0 ? refuseWait(k, 'op', strange.join(' | ')) : undefined
    },
    unknown: 'ENOENT',
    write: ({ op }) => op.includes('ETNA_PREP_WRITE'),
    askOnly: ({ op }) => op.includes('ETNA_PREP_NOSYNC'),
    busy: 'EBUSY',
    over: 'ETIMEDOUT',
    idle(k, gem, { op }) {
      const { attr, device } = k.world.get(gem)
      if (attr !== 'wb') return k.world.emit('prep.uncached', { gem, attr })
      getPages(k, gem)
      const dir = directionOf(op)
      k.world.set(gem, 'lastPrep', dir)
      k.world.emit('prep.cached', { gem, dir })
      syncForCpu(k, device, k.world.get(gem).sgt!, dir)
    },
  }),
})
