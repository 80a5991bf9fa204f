/** The Hazards page: every way in which a buffer can go wrong that the machine watches for, each with a link to the moment at which it bites. */
import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useEffect } from 'react'
import { fetchHazards, hazardLink, useHazards } from '../../app/hazards.ts'
import { fragmentHere } from '../../app/open.ts'
import { fill } from '../../base/fill.ts'
import type { HazardChoice } from '../../journal/run.ts'
import { Facts } from '../compare/hazard-facts.tsx'
import { Logo, ThemeMenu } from '../compare/header.tsx'
import { SENTENCES } from './sentences.ts'
import './hazards.css'

export default function HazardsPage() {
  const { hazards, problem } = useHazards()
  useEffect(() => {
    document.title = 'Bufscope: hazards'
    fetchHazards()
    return () => { document.title = 'Bufscope' }
  }, [])
  return (
    <div className="hazards">
      <header className="top">
        <a href={fragmentHere()}><Logo /></a>
        <h1>Hazards</h1>
        <span className="gap" />
        <a className="button" href={fragmentHere()}><ArrowLeft aria-hidden />The story</a>
        <ThemeMenu />
      </header>
      <main>
        <p className="lead">
          Ways in which two parties come to disagree about one buffer. Each was made to happen in the simulated machine; its link opens that run at the moment it bites.
        </p>
        {problem && <p className="problem" role="alert">{problem}</p>}
        {!hazards && !problem && <p role="status">The machine lists what it watches for…</p>}
        {hazards && <ol>{hazards.map((one) => <One key={one.id} {...one} />)}</ol>}
      </main>
      <div id="layer" role="region" aria-label="Open menu" />
    </div>
  )
}

function One(hazard: HazardChoice) {
  const { id, known, title, facts } = hazard
  return (
    <li id={known} aria-labelledby={`title-${id}`}>
      <h2 id={`title-${id}`}><span className="known">{known}</span> {title}</h2>
      <Facts facts={facts} />
      <a className="button strong" href={hazardLink(hazard)} aria-label={fill(SENTENCES.seeBite, { known })}>See it bite<ArrowRight aria-hidden /></a>
    </li>
  )
}
