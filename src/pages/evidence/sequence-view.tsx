/** One recorded sequence: every operation, what the real kernel answered, and whether ours did too. */
import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import { lookAt } from '../../app/evidence.ts'
import { fill } from '../../base/fill.ts'
import type { PlayedOp, SequenceFound } from '../../journal/evidence.ts'
import { Rich } from '../compare/rich.tsx'
import { SENTENCES } from './sentences.ts'
import { releaseOf } from './words.ts'

const close = (): void => { location.hash = '#evidence' }

export function SequenceView({ file, sequence, op }: { file: string; sequence: string; op: number | null }) {
  const [found, set] = useState<SequenceFound | string | null>(null)
  useEffect(() => {
    let here = true
    void lookAt(file, sequence).then((answer) => here && set(answer))
    return () => { here = false }
  }, [file, sequence])
  return (
    <Dialog.Root open onOpenChange={(open) => { if (!open) close() }}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="dialog sequence" aria-describedby={undefined}>
          <header>
            <Dialog.Title asChild><h2>{sequence}</h2></Dialog.Title>
            <Dialog.Close className="button square" aria-label="Close the sequence"><X aria-hidden /></Dialog.Close>
          </header>
          {found === null ? <p className="fine" role="status">Replaying it…</p> : typeof found === 'string' ? <p className="problem" role="alert"><b>{found}</b></p> : <Found found={found} op={op} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Found({ found: { played, kernel, flavour, ops, log, program }, op }: { found: SequenceFound; op: number | null }) {
  const whole = played.agree === played.ops
  return (
    <>
      {played.title !== '' && <p>{played.title}</p>}
      <p className="fine">
        <Rich
          text={played.left === '' ? SENTENCES.sequence : SENTENCES.sequenceLeft}
          parts={{
            release: releaseOf(kernel), file: played.file, flavour, left: played.left,
            score: <b data-tone={whole ? 'ok' : 'bad'}>{whole ? '✓' : '✗'} {fill(SENTENCES.operationsAgree, { agree: played.agree, all: played.ops })}</b>,
          }}
        />
      </p>
      <div className="scroll" role="region" aria-label="Operations" tabIndex={0}>
        <table className="ops">
          <thead><tr><th scope="col">op</th><th scope="col">process and call</th><th scope="col">recorded answer</th><th scope="col">here</th></tr></thead>
          <tbody>{ops.map((each, i) => <Line key={i} at={i + 1} op={each} marked={op === i + 1} />)}</tbody>
        </table>
      </div>
      {log.length > 0 && <><h3>What that kernel logged</h3><pre>{log.join('\n')}</pre></>}
      <details>
        <summary>The same as a program</summary>
        <pre>{program}</pre>
      </details>
    </>
  )
}

const HERE: Readonly<Record<PlayedOp['verdict'], string>> = { agrees: '✓ same', differs: '✗ differs', 'not reached': 'after the difference' }

function Line({ at, op: { op, recorded, verdict, why, got }, marked }: { at: number; op: PlayedOp; marked: boolean }) {
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (marked) row.current?.scrollIntoView({ block: 'center' })
  }, [marked])
  return (
    <tr ref={row} aria-current={marked ? 'true' : undefined} data-verdict={verdict}>
      <th scope="row">{at}</th>
      <td><code>{op}</code></td>
      <td><code>{recorded}</code></td>
      <td>{HERE[verdict]}{verdict === 'differs' && <><br /><code>{got}</code><br /><span className="fine">{why}</span></>}</td>
    </tr>
  )
}
