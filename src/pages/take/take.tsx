/** Take it with you: the moment and a range of steps as files, and what can be copied of it. */
import { useState } from 'react'
import { copy } from '../../app/keyboard.ts'
import { linkHere } from '../../app/open.ts'
import { patch, state, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { fetchLater } from '../../stage/shelf.ts'
import { make, type Form } from '../../take/form.ts'
import { forms } from '../../take/shelf.ts'
import { takingOf, type Taking } from '../../take/taking.ts'
import { THEME_NAMES } from '../../take/tokens.ts'
import { Panel } from '../compare/panel.tsx'
import { copies } from './copies.ts'
import { print, save } from './save.ts'
import { SENTENCES } from './sentences.ts'
import './take.css'

interface Range { readonly from: number; readonly to: number }

/** null while the runs are not there yet. */
function takingHere(range: Range): Taking | null {
  const now = state()
  const theme = THEME_NAMES.find((name) => name === document.documentElement.dataset['theme']) ?? 'light'
  return now.catalog && now.rows.length > 0 ? takingOf(now, { catalog: now.catalog, theme, link: linkHere(), ...range }) : null
}

export default function Take() {
  const last = useStore((now) => now.rows.length)
  const [chosen, setChosen] = useState<Range | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const range = chosen ?? { from: Math.min(1, last), to: last }
  /** What is made is made of the moment at which it is asked for. */
  const within = (act: (taking: Taking) => void | Promise<void>): void => {
    const taking = takingHere(range)
    setProblem(taking ? null : 'The runs are not there yet. Try again in a moment.')
    if (taking) void Promise.resolve(act(taking)).catch((reason: unknown) => setProblem(reason instanceof Error ? reason.message : String(reason)))
  }
  const making = (form: Form, then: (content: Blob | string, taking: Taking) => void | Promise<void>): void => within(async (taking) => {
    await fetchLater()
    await then(await make(form, taking), taking)
  })
  const list = (of: Form['of']) => (
    <ul>
      {forms.filter((form) => form.of === of).map((form) => (
        <li key={form.id}>
          <div><b>{form.title}</b><p>{form.why}</p></div>
          <div>
            {form.copies && <button className="button" onClick={() => making(form, (content) => (typeof content === 'string' ? copy(content, form.title) : undefined))} aria-label={fill(SENTENCES.copy, form)}>Copy</button>}
            {form.prints && <button className="button" onClick={() => making(form, (content) => (typeof content === 'string' ? print(content, form.title) : undefined))} aria-label={fill(SENTENCES.print, form)}>Print</button>}
            <button className="button" onClick={() => making(form, (content, taking) => save(content, form.file(taking), form.type))} aria-label={fill(SENTENCES.save, form)}>Save</button>
          </div>
        </li>
      ))}
    </ul>
  )
  return (
    <Panel title="Take it with you" label="Take it with you" close={() => patch({ panel: null })}>
      <div className="take">
        <h3>Copy</h3>
        <p className="row">{copies.map(({ id, title, text }) => <button key={id} className="button" onClick={() => within((taking) => copy(text(taking), title))}>{title}</button>)}</p>
        {problem && <p className="problem" role="alert">{problem}</p>}
        <h3>This moment</h3>
        {list('moment')}
        <h3>Some steps</h3>
        <div className="range" role="group" aria-label="Steps to take">
          <Step name="from" value={range.from} last={last} set={(from) => setChosen({ ...range, from })} />
          <Step name="to" value={range.to} last={last} set={(to) => setChosen({ ...range, to })} />
          <span>{fill(SENTENCES.ofSteps, { count: last })}</span>
        </div>
        {list('range')}
        <p className="fine">The same moment always gives the same file. The link inside a file opens its moment again.</p>
      </div>
    </Panel>
  )
}

function Step({ name, value, last, set }: { name: string; value: number; last: number; set: (value: number) => void }) {
  return <label>{name} <input type="number" min={0} max={last} value={value} onChange={(event) => set(Math.max(0, Math.min(last, Math.round(Number(event.target.value)) || 0)))} /></label>
}
