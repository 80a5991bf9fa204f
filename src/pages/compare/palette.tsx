/** One field for everything: a step by its number, steps by their words, objects, bookmarks and commands by their names. */
import { Dialog } from 'radix-ui'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { goTo } from '../../app/playhead.ts'
import { openFragment } from '../../app/page.ts'
import { patch, useStore, type State } from '../../app/store.ts'
import { castOf, nameOf } from '../../journal/say.ts'
import { mannerCommands } from './manners.ts'
import { commands } from './commands.ts'
import { lines } from '../../app/lines.ts'
import { fill } from '../../base/fill.ts'
import { Rich } from './rich.tsx'
import { SENTENCES } from './sentences-later.ts'

interface Hit { readonly id: string; readonly mark: string; readonly text: string; readonly code?: string; readonly run: () => void }
const MOST = 14
/** Objects that are offered before the steps. */
const FEW = 4

/** Everything that comes to be in any of the runs, apart from references, with the name that it has in sentences. */
function thingsIn(benches: State['benches']): { id: string; name: string }[] {
  const casts = benches.flatMap(({ run }) => (run ? [castOf(run.journal)] : []))
  return [...new Set(casts.flatMap((cast) => [...cast.records.keys()]))].filter((id) => !id.startsWith('ref:')).map((id) => ({ id, name: nameOf(id, casts) }))
}

/** `first`: what is offered before the other, and while nothing is typed. */
export default function Palette({ first }: { first: 'steps' | 'commands' }) {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const rows = useStore((now) => now.rows)
  const benches = useStore((now) => now.benches)
  const catalog = useStore((now) => now.catalog)
  const all = useMemo(() => lines(rows, benches, catalog?.says ?? {}), [rows, benches, catalog])
  const known = useMemo(() => (catalog ? [...commands(catalog, benches.length), ...mannerCommands()] : []), [catalog, benches.length])
  const bookmarks = useStore((now) => now.bookmarks)
  const things = useMemo(() => thingsIn(benches), [benches])
  const wanted = query.trim().toLowerCase()
  const words = wanted.split(/\s+/)
  const number = /^\d+$/.test(wanted) ? Number(wanted) : null

  const steps = (number !== null ? all.filter((line) => line.at === number) : wanted === '' ? [] : all.filter((line) => words.every((word) => line.plain.includes(word))))
    .map((line): Hit => ({ id: `step-${line.at}`, mark: String(line.at), text: line.texts.find((text) => text !== null) ?? '', ...(line.call !== null && { code: line.call }), run: () => goTo(line.at) }))
  // By their place: keys such as Shift+→ and Shift+← are no ids of a page.
  const named = known.map((command, place) => ({ ...command, place })).filter((command) => words.every((word) => command.title.toLowerCase().includes(word)))
    .map((command): Hit => ({ id: `do-${command.place}`, mark: command.keys.split('  ')[0]!, text: command.title, run: command.run }))
  if (number === 0) steps.unshift({ id: 'step-0', mark: '0', text: 'before the first step', run: () => goTo(0) })
  const has = (text: string): boolean => wanted !== '' && words.every((word) => text.toLowerCase().includes(word))
  const objects = things.filter(({ id, name }) => has(`${id} ${name}`)).map(({ id, name }): Hit => ({ id: `thing-${id}`, mark: '', text: name, code: id, run: () => patch({ selected: id, inspecting: true }) }))
  const marked = bookmarks.filter(({ title }) => has(fill(SENTENCES.bookmark, { title }))).map(({ title, fragment }): Hit => ({ id: `mark-${fragment}`, mark: '', text: fill(SENTENCES.bookmark, { title }), run: () => openFragment(fragment) }))
  // An object is meant by its own name; steps that tell of it follow.
  const found = number !== null ? steps : first === 'steps' ? [...objects.slice(0, FEW), ...steps, ...objects.slice(FEW), ...marked, ...(wanted === '' ? [] : named)] : [...named, ...marked, ...objects, ...steps]
  const hits = found.slice(0, MOST)
  const chosen = hits[Math.min(at, hits.length - 1)]

  const take = (hit: Hit | undefined): void => {
    if (!hit) return
    patch({ panel: null, playing: false })
    hit.run()
  }
  const keys = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined) {
      event.preventDefault()
      setAt((Math.min(at, hits.length - 1) + by + hits.length) % Math.max(1, hits.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      take(chosen)
    }
  }
  const said = number !== null && number > rows.length ? fill(SENTENCES.haveSteps, { count: rows.length }) : wanted === '' && first === 'steps' ? 'A number goes to a step; words search steps, objects, bookmarks and commands.' : fill(SENTENCES.found, { count: found.length })
  return (
    <Dialog.Root open onOpenChange={(open) => { if (!open) patch({ panel: null }) }}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="dialog find" aria-describedby={undefined}>
          <Dialog.Title asChild><h2>{first === 'steps' ? 'Go to a step' : 'All commands'}</h2></Dialog.Title>
          <input
            className="field" autoFocus role="combobox" aria-label="Step number, words, or a command" aria-expanded={hits.length > 0} aria-controls="found" aria-autocomplete="list"
            aria-activedescendant={chosen?.id} placeholder={first === 'steps' ? fill(SENTENCES.findSteps, { count: rows.length }) : 'What to do, or words of a step'}
            value={query} onKeyDown={keys} onChange={(event) => { setQuery(event.target.value); setAt(0) }}
          />
          <p className="fine" role="status">{said}</p>
          <ul id="found" role="listbox" aria-label="Found">
            {hits.map((hit) => (
              <li key={hit.id} id={hit.id} role="option" aria-selected={hit === chosen} onClick={() => take(hit)}>
                <b>{hit.mark}</b><span>{hit.code !== undefined && <code>{hit.code} </code>}<Rich text={hit.text} /></span>
              </li>
            ))}
          </ul>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
