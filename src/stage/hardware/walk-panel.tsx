/** One walk in full, for reading: address, tables, the leaf bit by bit, and what the TLB remembers. */
import { hex64 } from '../../base/bits.ts'
import type { Frame } from '../frame.ts'
import { colour } from '../hue.ts'
import { hueOfWalk } from './walk-strip.tsx'
import { WalkTree } from './walk-tree.tsx'
import { addressText, tlbWords, walkView, type Subject } from './walks.ts'
import './panels.css'

/** Seven entries of each table. */
const HEIGHT = 144

export function WalkPanel({ frame, subject, width }: { readonly frame: Pick<Frame, 'header' | 'after' | 'step'>; readonly subject: Subject; readonly width: number }) {
  const view = walkView(frame, subject)
  if (!view) return <p className="fine">No tables: nothing is mapped here now.</p>
  const hue = hueOfWalk(frame.header, view)
  const tlb = tlbWords(view)
  const last = view.walk.steps.at(-1)!
  return (
    <figure className="walk" style={{ borderColor: colour(hue) }}>
      <figcaption>
        <b style={{ color: colour(hue) }}>{view.who === 'cpu' ? `${view.owner} · CPU, arm64` : `${view.owner} · GPU, ARM_MALI_LPAE`}</b>
        <code>{addressText(view.addr)}</code>
      </figcaption>
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={`Walk of ${addressText(view.addr)}: entries ${view.indices.join(', ')}`}>
        <WalkTree view={view} box={{ x: 0, y: 0, w: width, h: HEIGHT }} hue={hue} />
      </svg>
      <p>{last.kind === 'leaf' ? 'leaf' : last.kind === 'table' ? 'table' : `level ${last.level}`} <code>{hex64(last.entry)}</code></p>
      <table className="bits">
        <tbody>
          {view.fields.map(({ name, bits, value, meaning }) => (
            <tr key={name}><td><code>{bits}</code></td><th scope="row"><code>{name}</code></th><td><code>{name.endsWith('address') ? '' : value}</code></td><td>{meaning}</td></tr>
          ))}
        </tbody>
      </table>
      <p className={tlb.bad ? 'old' : 'fine'}>{tlb.long}{tlb.bad && view.tlb && <> It remembers <code>{hex64(view.tlb)}</code>.</>}</p>
    </figure>
  )
}
