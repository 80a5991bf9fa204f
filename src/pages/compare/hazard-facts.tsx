/** What is known of a hazard, whatever run it is seen in: how it comes about, what people see, and which call is the fix. */
import type { HazardFacts } from '../../journal/run.ts'
import './hazard-facts.css'

const TERMS: readonly (readonly [keyof HazardFacts, string])[] = [
  ['sequence', 'how it comes'], ['symptom', 'what one sees'], ['bites', 'bites on'], ['fix', 'the fix'], ['call', 'missing call'], ['x86', 'on x86'],
]

export function Facts({ facts }: { facts: HazardFacts }) {
  return <dl className="hazard-facts">{TERMS.map(([term, words]) => <div key={term} data-term={term}><dt>{words}</dt><dd>{facts[term]}</dd></div>)}</dl>
}
