/** Go to a step by number, or to one whose words match. */
import { Dialog } from 'radix-ui'
import { useMemo, useState } from 'react'
import { goTo } from '../../app/playhead.ts'
import { patch, useStore } from '../../app/store.ts'
import { lines } from './lines.ts'
import { Rich } from './rich.tsx'

const SHOWN = 12

export default function Find() {
  const [query, setQuery] = useState('')
  const rows = useStore((now) => now.rows)
  const benches = useStore((now) => now.benches)
  const says = useStore((now) => now.catalog?.says)
  const all = useMemo(() => lines(rows, benches, says ?? {}), [rows, benches, says])
  const wanted = query.trim().toLowerCase()
  const number = /^\d+$/.test(wanted) ? Number(wanted) : null
  const hits = number !== null ? all.filter((line) => line.at === number) : wanted === '' ? [] : all.filter((line) => line.plain.includes(wanted))
  const go = (at: number): void => {
    goTo(at)
    patch({ panel: null, playing: false })
  }
  return (
    <Dialog.Root open onOpenChange={(open) => patch({ panel: open ? 'find' : null })}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="dialog find" aria-describedby={undefined}>
          <Dialog.Title asChild><h2>Go to a step</h2></Dialog.Title>
          <form onSubmit={(event) => { event.preventDefault(); if (number !== null) go(number); else if (hits[0]) go(hits[0].at) }}>
            <input className="field" autoFocus aria-label="Step number, or words" placeholder={`0 … ${rows.length}, or words such as mmap or EACCES`} value={query} onChange={(event) => setQuery(event.target.value)} />
          </form>
          <p className="fine" role="status">{number !== null && number > rows.length ? `These runs have ${rows.length} steps.` : wanted === '' ? 'Enter takes you to the first match.' : `${hits.length} ${hits.length === 1 ? 'step matches' : 'steps match'}`}</p>
          <ol>
            {hits.slice(0, SHOWN).map((line) => (
              <li key={line.at}><button onClick={() => go(line.at)}><b>{line.at}</b><span>{line.call && <code>{line.call} </code>}<Rich text={line.texts.find((text) => text !== null) ?? ''} /></span></button></li>
            ))}
          </ol>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
