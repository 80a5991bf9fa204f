/** The Hazards page: every way in which a buffer can go wrong that the machine watches for, each with a link to the moment at which it bites. */
import { ArrowRight } from 'lucide-react'
import { useEffect } from 'react'
import { fetchHazards, hazardLink, useHazards } from '../../app/hazards.ts'
import { fill } from '../../base/fill.ts'
import type { HazardChoice } from '../../journal/run.ts'
import { Facts } from '../compare/hazard-facts.tsx'
import { SidePage } from '../compare/side-page.tsx'
import { SENTENCES } from './sentences.ts'
import './hazards.css'

const LEAD = 'Ways in which two parties come to disagree about one buffer. Each was made to happen in the simulated machine; its link opens that run at the moment it bites.'

export default function HazardsPage() {
  const { hazards, problem } = useHazards()
  useEffect(() => {
    fetchHazards()
  }, [])
  return (
    <SidePage name="Hazards" title="Bufscope: hazards" className="hazards" problem={problem} lead={LEAD}>
      {!hazards && !problem && <p role="status">The machine lists what it watches for…</p>}
      {hazards && <ol>{hazards.map((one) => <One key={one.id} {...one} />)}</ol>}
    </SidePage>
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
