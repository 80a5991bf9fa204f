/** What these recordings cannot say. */
import { useEvidence } from '../../app/evidence.ts'
import { fill } from '../../base/fill.ts'
import { Rich } from '../compare/rich.tsx'
import { SENTENCES } from './sentences.ts'
import { number } from './words.ts'

const GAPS: readonly (readonly [what: string, why: string])[] = [
  ['GPUs and their jobs', 'panfrost, lima, v3d, etnaviv, msm and kbase need their hardware, which no virtual machine has. cirrus on 5.2 stands in for those that use the same shared-memory helper; what their drivers do themselves is modelled from reading them.'],
  ['A blocked MMAP_BO', 'Nobody could record it for want of a panfrost. The check that cirrus makes at MAP_DUMB of an import is the same.'],
  ['Page flips and pictures', 'Framebuffers are recorded, what a display shows of them is not.'],
  ['Caches, page tables, memory types', 'The recorded machine is coherent and has no device that reads memory by itself. These rules are held to litmus tests instead.'],
  ['Calls that overlap', 'Every operation was over before the next began, also across processes.'],
  ['Little memory', 'No swapping, no eviction, no buffer that moves.'],
  ['Exporters with movable buffers, and importers that map their own memory', 'None of the recorded devices is one.'],
  ['Contiguous memory', 'No CMA heap, no display with the DMA helper, no video device.'],
  ['Releases in between and after', 'Recorded are 5.2.1, the same with the patch, and 6.1.192. Between them, and after, the flavour follows what was read in the sources.'],
]

export function NotCovered() {
  const releases = useEvidence((now) => now.releases)
  const loose = releases.reduce((sum, release) => sum + release.loose, 0)
  const apart = releases.find((release) => release.apart)
  return (
    <section className="card" aria-label="Not covered">
      <h2>Not covered</h2>
      <dl className="gaps">{GAPS.map(([what, why]) => <div key={what}><dt>{what}</dt><dd>{why}</dd></div>)}</dl>
      <h3>Not compared</h3>
      <p>{loose > 0 ? fill(SENTENCES.loose, { fields: number(loose) }) : SENTENCES.looseSome}</p>
      <h3>Apart</h3>
      <p><Rich text={apart ? fill(SENTENCES.newerAgrees, { agree: number(apart.ops.agree), all: number(apart.ops.all) }) : SENTENCES.newer} /></p>
    </section>
  )
}
