/** Where the variant of each bench comes from: who proposed or uses it, where it ran, since when and until when, and where that can be read. */
import { variantOf } from '../../app/names.ts'
import { useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import type { VariantChoice } from '../../journal/run.ts'
import { SENTENCES } from './sentences-later.ts'
import './about.css'

export function About() {
  const catalog = useStore((now) => now.catalog)
  const benches = useStore((now) => now.benches)
  const numbers = [...new Set(benches.map((bench) => bench.recipe.variant))]
  return numbers.map((number) => {
    const variant = variantOf(catalog, { variant: number })
    return variant && <One key={number} {...variant} />
  })
}

function One({ number, title, why, who, where, from, until, sources }: VariantChoice) {
  const lines = [['who', who], ['where', where], ['since', from], ['until', until ?? (from && 'today')]] as const
  return (
    <section className="about-variant">
      <h3>{number} · {title}</h3>
      <p>{why}</p>
      <dl>
        {lines.map(([term, text]) => text && <div key={term}><dt>{term}</dt><dd>{text}</dd></div>)}
      </dl>
      {sources.length > 0 && (
        <ul aria-label={fill(SENTENCES.readAbout, { number })}>
          {sources.map(({ title: text, version, url }) => <li key={url + text}><a href={url} target="_blank" rel="noreferrer">{text}</a> <span className="fine">{version}</span></li>)}
        </ul>
      )}
    </section>
  )
}
