/** A chapter's text on the page. A term is explained where it stands first. */
import { useId, useLayoutEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react'
import { glossary } from '../../chapters/glossary.ts'
import { pieces, type Piece } from '../../chapters/marks.ts'

/** `terms`: those explained here; the others were explained before. */
export const Words = ({ text, terms }: { text: string; terms: ReadonlySet<string> }) => <>{pieces(text).map((piece, i) => <One key={i} piece={piece} terms={terms} />)}</>

function One({ piece, terms }: { piece: Piece; terms: ReadonlySet<string> }): ReactNode {
  switch (piece.kind) {
    case 'text': return piece.text
    case 'code': return <code>{piece.text}</code>
    case 'strong': return <b>{piece.inner.map((inner, i) => <One key={i} piece={inner} terms={terms} />)}</b>
    case 'link': return <Outside href={piece.href}>{piece.text}</Outside>
    case 'term': return terms.has(piece.term) ? <Term {...piece} /> : piece.text
  }
}

/** Another site opens beside this one, so that the runs stay. */
export function Outside({ href, children }: { href: string; children: ReactNode }) {
  return href.startsWith('#') ? <a href={href}>{children}</a> : <a href={href} target="_blank" rel="noreferrer">{children}</a>
}

/**
 * Where an explanation touches its term, so that the pointer can go from one to the other: below, or above where the pane that scrolls would
 * cut it off. In pixels of the paragraph, whose width it has.
 */
function placeOf(meaning: HTMLElement): CSSProperties {
  const pane = meaning.closest('.text')!.getBoundingClientRect()
  const paragraph = meaning.offsetParent!.getBoundingClientRect()
  const term = meaning.previousElementSibling!.getBoundingClientRect()
  const { height } = meaning.getBoundingClientRect()
  const isCut = term.bottom + height > Math.min(pane.bottom, innerHeight)
  return isCut && term.top - height > pane.top ? { bottom: paragraph.bottom - term.top } : { top: term.bottom - paragraph.top }
}

/** The explanation comes with the pointer, with the focus or with a press, and goes with Esc. */
function Term({ text, term }: { text: string; term: string }) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const [place, setPlace] = useState<CSSProperties>({})
  const meaning = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (!open) return
    const put = (): void => setPlace(placeOf(meaning.current!))
    put()
    // The pane may still glide to the paragraph that is told, or get another height when more has come: then what has the focus stays in sight.
    const pane = meaning.current!.closest('.text')!
    const button = meaning.current!.previousElementSibling!
    const seen = new ResizeObserver(() => {
      if (document.activeElement === button) button.scrollIntoView({ block: 'nearest' })
      put()
    })
    seen.observe(pane)
    pane.addEventListener('scroll', put, { passive: true })
    return () => {
      seen.disconnect()
      pane.removeEventListener('scroll', put)
    }
  }, [open])
  const found = glossary[term]
  const show = (): void => setOpen(true)
  const hide = (): void => setOpen(false)
  return (
    <span className="term-room" onPointerEnter={show} onPointerLeave={hide}>
      <button
        className="term" aria-describedby={id} onClick={show} onFocus={show} onBlur={hide}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !open) return
          event.preventDefault()
          hide()
        }}
      >{text}</button>
      <span role="tooltip" id={id} className="meaning" ref={meaning} data-open={open} style={place}><b>{term}</b> {found?.means} <code>{found?.readNext}</code></span>
    </span>
  )
}
