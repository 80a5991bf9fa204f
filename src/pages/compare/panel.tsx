/** A side panel: it stands beside the stage and does not stop it. */
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { fill } from '../../base/fill.ts'
import { SENTENCES } from './sentences.ts'

export function Panel({ title, close, children, label }: { title: ReactNode; close: () => void; children: ReactNode; label: string }) {
  return (
    <aside className="panel" aria-label={label}>
      <header>
        <h2>{title}</h2>
        <button className="button square" onClick={close} aria-label={fill(SENTENCES.close, { label })}><X aria-hidden /></button>
      </header>
      <div className="body">{children}</div>
    </aside>
  )
}
