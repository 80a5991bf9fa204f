/** The objects of a frame as plain lists, floor by floor. Stands in wherever no drawn stage is given. */
import type { Frame } from '../../stage/frame.ts'

export function Bench({ frame, onSelect }: { frame: Frame; compact?: boolean; onSelect?: (id: string | null) => void }) {
  const running = frame.step?.call ?? ''
  const kinds = [...frame.after.records.keys()].filter((id) => !id.startsWith('ref:') && !id.startsWith('dram:'))
  return (
    <div className="plain-bench">
      {frame.header.listing.map(({ process, letter, lines }) => (
        <ol key={process} aria-label={process}>
          <li><b>{letter} {process}</b></li>
          {lines.map((line) => <li key={line.key} aria-current={line.key === running ? 'step' : undefined}><code>{line.text}</code></li>)}
        </ol>
      ))}
      <ul>{kinds.map((id) => <li key={id}><button className="link" aria-pressed={id === frame.selected} data-differs={frame.differs.has(id)} onClick={() => onSelect?.(id)}>{id}</button></li>)}</ul>
    </div>
  )
}
