/** Every sequence that was answered differently, with its first difference. */
import { useEvidence } from '../../app/evidence.ts'
import { evidenceLink } from '../../app/evidence-link.ts'
import { fill } from '../../base/fill.ts'
import { SENTENCES } from './sentences.ts'

const MOST = 100

export function Disagreements() {
  const found = useEvidence((now) => now.disagreements)
  const left = useEvidence((now) => now.sequences).filter((each) => each.left !== '')
  const over = useEvidence((now) => now.phase === 'over')
  if (found.length === 0 && left.length === 0) return <p className="none-differ" style={{ visibility: over ? undefined : 'hidden' }}><span aria-hidden>✓ </span>No operation was answered differently.</p>
  return (
    <section className="card" aria-label="Disagreements">
      <h2>{fill(SENTENCES.differ, { count: found.length })}</h2>
      <p className="fine">{found.length > MOST ? fill(SENTENCES.firstOfMost, { most: MOST }) : SENTENCES.firstOfEach}</p>
      <ol className="differences">
        {found.slice(0, MOST).map(({ file, sequence, op, of, operation, expected, got, why }) => (
          <li key={`${file} ${sequence}`}>
            <p><a href={evidenceLink(file, sequence, op)}><b>{sequence}</b></a> <span className="fine">{fill(SENTENCES.operationOf, { file, op, of })}</span></p>
            <dl>
              <dt>operation</dt><dd><code>{operation}</code></dd>
              <dt>expected</dt><dd><code>{expected}</code></dd>
              <dt>got</dt><dd><code>{got}</code></dd>
              <dt>differs in</dt><dd><code>{why}</code></dd>
            </dl>
          </li>
        ))}
      </ol>
      {left.length > 0 && <>
        <h3>Different after the end</h3>
        <ul>{left.map(({ file, name, left: why }) => <li key={`${file} ${name}`}><a href={evidenceLink(file, name)}>{name}</a>: {why}</li>)}</ul>
      </>}
    </section>
  )
}
