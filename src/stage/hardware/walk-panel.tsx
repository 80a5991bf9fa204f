/** One walk in full, for reading: address, tables, the leaf bit by bit, and what the TLB remembers. */
import { fill } from '../../base/fill.ts'
import { decoders } from '../../journal/decoders.ts'
import { indexBits, lastLevel, type DescriptorField } from '../../journal/walk.ts'
import type { Frame } from '../frame.ts'
import { colour } from '../hue.ts'
import { SENTENCES } from './sentences-later.ts'
import { hueOfWalk } from './walk-strip.tsx'
import { WalkTree } from './walk-tree.tsx'
import type { Subject } from './walk-subjects.ts'
import { addressText, entryText, tlbWords, walkView, type WalkView } from './walks.ts'
import './panels.css'

/** Seven entries of each table. */
const HEIGHT = 144

/** The address, cut into what chooses the entry of each level and the byte of the page. */
function Indices({ view: { format, indices, offset } }: { readonly view: WalkView }) {
  const parts = [
    ...indices.map((value, level) => ({ name: `L${level}`, bits: indexBits(format, level), value, text: String(value), digits: Math.log2(format.levels[level]!.entries) })),
    { name: 'offset', bits: '11:0', value: offset, text: `0x${offset.toString(16)}`, digits: 12 },
  ]
  return (
    <ol className="indices" aria-label="The address in its index bits">
      {parts.map(({ name, bits, value, text, digits }) => <li key={name} title={fill(SENTENCES.bits, { bits, value: value.toString(2).padStart(digits, '0') })}><span>{name} {bits}</span><code>{text}</code></li>)}
    </ol>
  )
}

/** The last entry of the walk field by field, and what the TLB remembers beside it; fields that are not the same are marked. */
function Bits({ view: { walk, format, attributes, tlb, current } }: { readonly view: WalkView }) {
  const decode = decoders[format.id]!
  const last = walk.steps.at(-1)!
  const fields = decode(last.entry, last.level, attributes)
  const tlbFields = tlb && decode(tlb, lastLevel(format), attributes)
  const valueOf = ({ name, value, meaning }: DescriptorField): string => (name.endsWith('address') ? meaning : String(value))
  return (
    <table className="bits">
      {tlbFields && <thead><tr><td /><td /><th scope="col" colSpan={2}>in the tables</th><th scope="col">in the TLB</th></tr></thead>}
      <tbody>
        {fields.map((field) => {
          const { name, bits, value, meaning } = field
          const other = tlbFields?.find((each) => each.name === name)
          const differs = !current && other !== undefined && valueOf(other) !== valueOf(field)
          return (
            <tr key={name} data-differs={differs}>
              <td><code>{bits}</code></td><th scope="row"><code>{name}</code></th><td><code>{name.endsWith('address') ? '' : value}</code></td><td>{meaning}</td>
              {tlbFields && <td>{other && <code>{valueOf(other)}</code>}{differs && <b title="not the same"> ≠</b>}</td>}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

export function WalkPanel({ frame, subject, width }: { readonly frame: Pick<Frame, 'header' | 'after' | 'step'>; readonly subject: Subject; readonly width: number }) {
  const view = walkView(frame, subject)
  if (!view) return <p className="fine">No tables: nothing is mapped here now.</p>
  const hue = hueOfWalk(frame.header, view)
  const tlb = tlbWords(view)
  const last = view.walk.steps.at(-1)!
  const remembers = SENTENCES.remembers.split('{entry}')
  return (
    <figure className="walk" style={{ borderColor: colour(hue) }}>
      <figcaption>
        <b style={{ color: colour(hue) }}>{view.owner} · {view.format.title}</b>
        <code>{addressText(view.addr)}</code>
      </figcaption>
      <Indices view={view} />
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={fill(SENTENCES.walkEntries, { address: addressText(view.addr), entries: view.indices.join(', ') })}>
        <WalkTree view={view} box={{ x: 0, y: 0, w: width, h: HEIGHT }} hue={hue} />
      </svg>
      <p>{last.kind === 'leaf' ? 'leaf' : last.kind === 'table' ? 'table' : fill(SENTENCES.level, { level: last.level })} <code>{entryText(view.format, last.entry)}</code></p>
      <Bits view={view} />
      <p className={tlb.bad ? 'old' : 'fine'}>{tlb.long}{tlb.bad && view.tlb && <> {remembers[0]}<code>{entryText(view.format, view.tlb)}</code>{remembers[1]}</>}</p>
    </figure>
  )
}
