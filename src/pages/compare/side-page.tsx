/** The frame of a page with an address of its own: its name, the way back to the story, the theme, and a sentence about what is there. */
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { fragmentHere } from '../../app/open.ts'
import { useTitle } from '../../app/title.ts'
import { useArrival } from './arrival.ts'
import { Logo, ThemeMenu } from './header.tsx'
import './side-page.css'

interface Props {
  readonly name: string
  /** Of the tab. */
  readonly title: string
  readonly lead?: string
  /** Why something of it is missing, in words. */
  readonly problem?: string | null
  readonly className: string
  readonly busy?: boolean
  readonly children: ReactNode
}

export function SidePage({ name, title, lead, problem = null, className, busy, children }: Props) {
  const main = useArrival()
  useTitle(title)
  return (
    <div className={`side-page ${className}`} aria-busy={busy}>
      <header className="top">
        <a href={fragmentHere()}><Logo /></a>
        <h1>{name}</h1>
        <span className="gap" />
        <a className="button" href={fragmentHere()}><ArrowLeft aria-hidden />The story</a>
        <ThemeMenu />
      </header>
      <main ref={main} tabIndex={-1} aria-label={name}>
        {lead !== undefined && <p className="lead">{lead}</p>}
        {problem !== null && <p className="problem" role="alert">{problem}</p>}
        {children}
      </main>
      <div id="layer" role="region" aria-label="Open menu" />
    </div>
  )
}
