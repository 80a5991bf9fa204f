/** All recordings, and the sequences in each once they were replayed. */
import { useState } from 'react'
import { plainName, useEvidence } from '../../app/evidence.ts'
import { evidenceLink } from '../../app/evidence-link.ts'
import { fill } from '../../base/fill.ts'
import type { PlayedSequence, RecordingFile } from '../../journal/evidence.ts'
import { SENTENCES } from './sentences.ts'
import { bytesText, number, releaseOf, remarksOf } from './words.ts'

export function RecordingList() {
  const files = useEvidence((now) => now.files)
  const own = useEvidence((now) => now.own)
  const sequences = useEvidence((now) => now.sequences)
  const [wanted, setWanted] = useState('')
  const words = wanted.trim().toLowerCase().split(/\s+/).filter((word) => word !== '')
  const fits = ({ name, title }: PlayedSequence): boolean => words.every((word) => `${name} ${title}`.toLowerCase().includes(word))
  const byFile = new Map<string, PlayedSequence[]>()
  for (const sequence of sequences) {
    const list = byFile.get(sequence.file)
    if (list) list.push(sequence)
    else byFile.set(sequence.file, [sequence])
  }
  const listed: readonly (RecordingFile | string)[] = own.length > 0 ? own : files ?? []
  return (
    <section className="card" aria-label="Recordings">
      <h2>Recordings</h2>
      <p className="fine">
        Made in virtual machines, each sequence twice, in two boots. Scenarios were written by hand, the others by chance. <a href="recordings/README.md">How they were made</a>
      </p>
      <label className="filter">Find a sequence <input className="field" type="search" value={wanted} placeholder="words of its name or title, such as forwarded or seal" onChange={(event) => setWanted(event.target.value)} /></label>
      {listed.map((each) => {
        const file = plainName(typeof each === 'string' ? each : each.file)
        const found = (byFile.get(file) ?? []).filter(fits)
        if (words.length > 0 && found.length === 0) return null
        return <Recording key={file} file={file} entry={typeof each === 'string' ? null : each} found={found} all={byFile.get(file) ?? []} open={words.length > 0} />
      })}
    </section>
  )
}

const aboutOf = ({ kernel, sequences, ops, bytes }: RecordingFile): string =>
  fill(SENTENCES.recording, { release: releaseOf(kernel), remarks: remarksOf(kernel), sequences: number(sequences), ops: number(ops), size: bytesText(bytes) })

function Recording({ file, entry, found, all, open }: { file: string; entry: RecordingFile | null; found: readonly PlayedSequence[]; all: readonly PlayedSequence[]; open: boolean }) {
  const [opened, setOpened] = useState(false)
  const agree = all.filter((each) => each.agree === each.ops).length
  return (
    <details className="recording" open={open || opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <code>{file}</code>
        {entry && <span className="fine"> {aboutOf(entry)}</span>}
        {all.length > 0 && <b data-tone={agree === all.length ? 'ok' : 'bad'}>{agree === all.length ? '✓' : '✗'} {fill(SENTENCES.share, { agree: number(agree), all: number(all.length) })}</b>}
      </summary>
      {(open || opened) && (all.length === 0 ? <p className="fine">Its sequences are listed when it has been replayed.</p> : (
        <ul className="sequences">
          {found.map((each) => (
            <li key={each.name}>
              <span data-tone={each.agree === each.ops ? 'ok' : 'bad'} aria-hidden>{each.agree === each.ops ? '✓' : '✗'}</span>
              <a href={evidenceLink(file, each.name)}>{each.name}</a>
              <span className="fine">{each.title} {fill(each.agree === each.ops ? SENTENCES.allOperationsAgree : SENTENCES.operationsAgree, { agree: each.agree, all: each.ops })}</span>
            </li>
          ))}
        </ul>
      ))}
    </details>
  )
}
