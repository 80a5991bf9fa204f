/** A side panel: it stands beside the stage and does not stop it. */
import { X } from 'lucide-react'
import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { fill } from '../../base/fill.ts'
import { SENTENCES } from './sentences.ts'

export function Panel({ title, close, children, label }: { title: ReactNode; close: () => void; children: ReactNode; label: string }) {
  const own = useRef<HTMLElement>(null)
  // The benches make room for it. A style that looked for a panel in the page would be asked again at every change of a drawing.
  useLayoutEffect(() => {
    const page = own.current!.closest('.page')
    page?.toggleAttribute('data-beside', true)
    return () => void page?.toggleAttribute('data-beside', false)
  }, [])
  return (
    <aside ref={own} className="panel" aria-label={label}>
      <header>
        <h2>{title}</h2>
        <button className="button square" onClick={close} aria-label={fill(SENTENCES.close, { label })}><X aria-hidden /></button>
      </header>
      <div className="body">{children}</div>
    </aside>
  )
}
