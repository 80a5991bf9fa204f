/** Moments at which scenes have most to show: a recipe, and the first step of its run that is meant, so that they outlive step numbers. */
import type { Recipe } from '../../journal/run.ts'
import type { Step } from '../../journal/step.ts'

export interface StoredStep {
  readonly id: string
  readonly title: string
  readonly recipe: Recipe
  readonly event: string
  /** Only in this call of the program. */
  readonly call?: string
  /** How far the step's motion has come; absent: to its end. */
  readonly t?: number
  /** Ids of the scenes that it is there for. A scene that no moment names is shown at every one. */
  readonly scenes: readonly string[]
}

const on = (platform: string, variant: string, more: Partial<Recipe> = {}): Recipe => ({ scenario: 'canonical', variant, platform, ...more })
const story = (variant: string, more: Partial<Recipe> = {}): Recipe => on('rk3399', variant, more)

export const moments: readonly StoredStep[] = [
  { id: 'refused', title: 'V4: the file is not open for writing', recipe: story('V4'), event: 'mmap.refused.mode', call: 'B.5', scenes: ['process', 'boundary', 'call-chain', 'objects', 'references'] },
  { id: 'mapped', title: 'V5: the exporter maps its memory', recipe: story('V5'), event: 'mmap.owner', call: 'B.5', scenes: ['process', 'boundary', 'call-chain', 'objects', 'references'] },
  { id: 'taken', title: 'V5: a reference is taken, half way', recipe: story('V5'), event: 'ref.take', call: 'B.5', t: 0.5, scenes: ['objects', 'references'] },
  { id: 'lost', title: 'V6: a reference that nobody can put', recipe: story('V6'), event: 'ref.lost', scenes: ['objects', 'references', 'process'] },
  { id: 'redirected', title: 'V9: today, the mapping is the dma-buf\'s', recipe: story('V9'), event: 'mmap.done', call: 'B.5', scenes: ['process', 'call-chain', 'objects', 'references'] },
  { id: 'released', title: 'V5: the last reference goes', recipe: story('V5'), event: 'dmabuf.release', t: 0.5, scenes: ['objects', 'references', 'call-chain'] },
  { id: 'waits', title: 'V5: B waits for the GPU', recipe: story('V5'), event: 'wait.busy', scenes: ['process', 'boundary', 'objects'] },
  { id: 'write-combined', title: 'Stores stand in the write buffers', recipe: story('V5', { exporter: 'E3' }), event: 'store.bytes', call: 'B.6', scenes: ['memory'] },
  { id: 'drain', title: 'A write buffer drains, half way', recipe: story('V5', { exporter: 'E3' }), event: 'wc.drain', call: 'B.9', t: 0.5, scenes: ['memory', 'gestures'] },
  { id: 'dirty', title: 'E2: the day is in the CPU\'s cache', recipe: story('V5', { exporter: 'E2' }), event: 'store.bytes', call: 'B.6', scenes: ['memory'] },
  { id: 'evict', title: 'E2: lines leave the cache by themselves, half way', recipe: story('V5', { exporter: 'E2' }), event: 'cache.evict', call: 'B.7', t: 0.5, scenes: ['memory', 'gestures'] },
  { id: 'stale', title: 'E2: the GPU reads stripes of night', recipe: story('V5', { exporter: 'E2' }), event: 'job.read', scenes: ['memory'] },
  { id: 'fill', title: 'The GPU\'s cache fills, half way', recipe: story('V5', { exporter: 'E2' }), event: 'cache.fill', t: 0.5, scenes: ['memory', 'gestures'] },
  { id: 'clean', title: 'Page tables are cleaned for the GPU, half way', recipe: story('V5'), event: 'cache.clean', call: 'B.3', t: 0.5, scenes: ['gestures'] },
  { id: 'shootdown', title: 'TLB entries go, half way', recipe: story('V5'), event: 'tlb.flush', call: 'B.12', t: 0.5, scenes: ['gestures', 'walk'] },
  { id: 'snoop', title: 'Reference FC: a store looks into the caches', recipe: on('reference-fc', 'V5'), event: 'cache.snoop', t: 0.5, scenes: ['gestures', 'memory'] },
  { id: 'fault', title: 'A fault comes back with an entry', recipe: story('V5', { exporter: 'E2' }), event: 'fault.insert', call: 'B.6', scenes: ['fault', 'walk'] },
  { id: 'first-write', title: 'The first store finds a clean page', recipe: story('V5'), event: 'fault.dirty', call: 'B.6', scenes: ['fault', 'walk'] },
  { id: 'cpu-walk', title: 'The CPU walks four levels', recipe: story('V5'), event: 'walk.cpu', call: 'B.6', scenes: ['walk'] },
  { id: 'gpu-walk', title: 'Panfrost: the Mali walks its own tables', recipe: story('V5'), event: 'walk.gpu', scenes: ['walk'] },
  { id: 'io-walk', title: 'The display\'s IOMMU walks two levels', recipe: on('rk3399-iommu', 'V5'), event: 'walk.io', scenes: ['walk'] },
  { id: 'etnaviv', title: 'etnaviv: a Vivante GPU', recipe: on('imx8m', 'V9', { importer: 'etnaviv', exporter: 'E3' }), event: 'walk.io', scenes: ['walk'] },
  { id: 'v3d', title: 'v3d: one flat table', recipe: on('rpi4', 'V9', { importer: 'v3d', exporter: 'E3' }), event: 'walk.io', scenes: ['walk'] },
  { id: 'shown', title: 'The display scans out', recipe: story('V5'), event: 'display.scanout', call: '', scenes: ['memory'] },
]

/** Where a stored step is in its run; undefined: the run does not do it. */
export const stepOf = (steps: readonly Step[], { event, call }: StoredStep): Step | undefined =>
  steps.find((step) => (step.event as string) === event && (call === undefined || step.call === call))

/** Where a scene is shown. */
export function momentsOf(scene: string): readonly StoredStep[] {
  const named = moments.filter(({ scenes }) => scenes.includes(scene))
  return named.length > 0 ? named : moments
}
