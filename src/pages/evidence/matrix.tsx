/** Agreement as a table: a row for each rule or kind of operation, a column for each release. */
import { useEvidence } from '../../app/evidence.ts'
import { fill } from '../../base/fill.ts'
import type { NamedTally, Tally } from '../../journal/evidence.ts'
import { SENTENCES } from './sentences.ts'
import { number } from './words.ts'

const TITLES = {
  rules: { title: 'By rule', label: 'Agreement by rule', says: 'What the recordings show, rule by rule. An operation counts for every rule that it speaks for, so the columns add up to more than there are operations.' },
  kinds: { title: 'By kind of operation', label: 'Agreement by kind of operation', says: 'The operations by the recorder\'s names for them.' },
} as const

export function Matrix({ of }: { of: keyof typeof TITLES }) {
  const releases = useEvidence((now) => now.releases)
  const { title, label, says } = TITLES[of]
  const rows = new Map<string, NamedTally>()
  for (const release of releases) for (const row of release[of]) rows.set(row.id, row)
  const sorted = of === 'rules' ? [...rows.values()] : [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const table = (
    <div className="scroll" role="region" aria-label={title} tabIndex={0}>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">{of === 'rules' ? 'rule' : 'operation'}</th>
            {releases.map(({ release, flavour, apart }) => <th scope="col" key={release}><b>{release.replace('the patch of the thread', 'patch')}</b><br /><span className="fine">{apart ? fill(SENTENCES.apart, { flavour }) : flavour}</span></th>)}
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ id, title: name, says: rule }) => (
            <tr key={id}>
              <th scope="row">{of === 'rules' ? <><b>{name}</b><br /><span className="fine">{rule}</span></> : <code>{name}</code>}</th>
              {releases.map((release) => <Cell key={release.release} tally={release[of].find((row) => row.id === id)} />)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr><th scope="row">operations</th>{releases.map(({ release, ops }) => <Cell key={release} tally={ops} />)}</tr>
        </tfoot>
      </table>
    </div>
  )
  return (
    <section className={of === 'rules' ? 'card fills' : 'card'} aria-label={label}>
      <h2>{title}</h2>
      <p className="fine">{says}</p>
      {releases.length === 0 ? <p className="fine">It fills as recordings are replayed.</p> : table}
    </section>
  )
}

function Cell({ tally }: { tally: Tally | undefined }) {
  if (!tally || tally.all === 0) return <td data-tone="none"><span aria-hidden>–</span><span className="unseen">none</span></td>
  const { agree, all } = tally
  return agree === all ? <td data-tone="ok"><span aria-hidden>✓ {number(all)}</span><span className="unseen">{fill(SENTENCES.shareAgrees, { agree: number(all), all: number(all) })}</span></td>
    : <td data-tone="bad"><span aria-hidden>✗ </span>{fill(SENTENCES.share, { agree: number(agree), all: number(all) })}</td>
}
