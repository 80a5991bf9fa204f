/** The title of one bench: which variant, what its export passes, and what is known of its outcome at this moment. */
import { ChevronDown, Columns2, Plus, Square, X } from 'lucide-react'
import { lazy, memo, Suspense, type ReactNode } from 'react'
import type { Catalog, Recipe } from '../../journal/run.ts'
import { MOST_BENCHES } from '../../app/address.ts'
import { focusOn } from '../../app/keyboard.ts'
import { benchName, variantOf } from '../../app/names.ts'
import { lineOf, toggleSkip } from '../../app/skip.ts'
import { useStore, VERDICT_TONES, verdictAt } from '../../app/store.ts'
import { mannerName } from '../../app/manner.ts'
import { fill } from '../../base/fill.ts'
import { chooseVariant } from './choose.ts'
import { Menu, type MenuGroup } from './menus.tsx'
import { variantsOffered } from './offered.ts'
import { SENTENCES } from './sentences.ts'

const benches = () => import('./benches.ts')
/** The first runs have no findings. Where they cannot be fetched the verdict stands alone. */
const WithFindings = lazy(() => import('./findings.tsx').catch(() => ({ default: ({ children }: { children: ReactNode }) => <>{children}</> })))

export const BenchHeader = memo(function BenchHeader({ bench, gap }: { bench: number; gap: boolean }) {
  const catalog = useStore((now) => now.catalog)
  const { recipe, busy } = useStore((now) => now.benches[bench]!)
  const count = useStore((now) => now.benches.length)
  const focus = useStore((now) => now.focus)
  const name = benchName(recipe)
  const variant = variantOf(catalog, recipe)
  const driver = recipe.importer && recipe.importer !== variant?.parts.importer ? catalog?.importers.find((each) => each.id === recipe.importer)?.title : undefined
  const flags = recipe.flags ? catalog?.flags.find((each) => each.id === recipe.flags)?.title : variant?.shows
  return (
    <header className="bench-header" aria-busy={busy}>
      {count > 2 && <kbd className="nth" title={fill(SENTENCES.benchKey, { number: bench + 1 })}>{bench + 1}</kbd>}
      <h2>
        {catalog ? (
          <Menu
            name={fill(SENTENCES.variantOf, { number: bench + 1, variant: recipe.variant, title: variant?.title ?? '' })} className="variant"
            trigger={<><span className="clip">{recipe.variant || 'free combination'}{variant && ` · ${variant.title}`}</span><ChevronDown size={18} aria-hidden /></>}
            value={recipe.variant} groups={groupsOf(catalog, recipe)} pick={(number) => chooseVariant(bench, number)}
          />
        ) : <span className="variant">{recipe.variant}</span>}
      </h2>
      <span className="bench-said">
        {recipe.skip ? <Without bench={bench} keys={recipe.skip} /> : gap ? <span className="shows" data-gap><span className="not-done">does not do this</span></span> : recipe.mode === 'explore' || recipe.mode === 'random' ? <span className="shows">{mannerName(recipe)}</span> : driver ? <span className="shows">{driver}</span> : flags && <code className="shows">{flags}</code>}
        <VerdictPill bench={bench} />
      </span>
      <span className="bench-tools">
        {catalog && bench === count - 1 && count < MOST_BENCHES && <Menu name="Add a bench" className="alone" trigger={<Plus size={18} aria-hidden />} align="end" value={null} groups={groupsOf(catalog, recipe)} pick={(id) => void benches().then(({ addBench }) => addBench(id))} />}
        {count > 1 && (
          <>
            <button className="alone" onClick={() => focusOn(bench)} aria-label={focus === null ? fill(SENTENCES.showAlone, { name }) : 'Show all benches'} title={focus === null ? fill(SENTENCES.alone, { number: bench + 1 }) : 'All benches (0)'}>
              {focus === null ? <Square size={16} aria-hidden /> : <Columns2 size={16} aria-hidden />}
            </button>
            <button className="alone" onClick={() => void benches().then(({ removeBench }) => removeBench(bench))} aria-label={fill(SENTENCES.remove, { number: bench + 1, name })} title="Remove this bench"><X size={16} aria-hidden /></button>
          </>
        )}
      </span>
    </header>
  )
})

/** What this run leaves out of its program, and the way back. */
function Without({ bench, keys }: { bench: number; keys: readonly string[] }) {
  useStore((now) => now.benches[bench]!.run?.journal.header)
  const said = keys.map((key) => {
    const line = lineOf(bench, key)
    return line ? `${line.where}: ${line.text}` : key
  })
  const again = { call: keys.at(-1)! }
  return (
    <span className="without" title={fill(SENTENCES.without, { lines: said.join(', ') })}>
      <span className="clip">{said.length > 1 ? fill(SENTENCES.withoutMore, { line: said[0]!, more: said.length - 1 }) : fill(SENTENCES.without, { lines: said[0] ?? '' })}</span>
      <button className="alone" onClick={() => toggleSkip(keys.at(-1)!, bench)} aria-label={fill(SENTENCES.makeAgain, again)} title={fill(SENTENCES.makeAgainKey, again)}><X size={16} aria-hidden /></button>
    </span>
  )
}

/** What the scenario offers, under the headings of the catalog. */
export function groupsOf(catalog: Catalog, recipe: Recipe): MenuGroup[] {
  const offered = variantsOffered(catalog, recipe)
  return catalog.groups.map((label) => ({
    label,
    choices: offered.filter(({ group }) => group === label).map(({ number, id, title, why, shows, who, where, from, until }) => ({
      id: number || id, title: `${number} · ${title}`, why, shows, from: [who, where].filter(Boolean).join(' · '), when: [from, until].filter(Boolean).join(' – '),
    })),
  })).filter((group) => group.choices.length > 0)
}

function VerdictPill({ bench }: { bench: number }) {
  const glyph = useStore((now) => verdictAt(now, bench)?.glyph ?? null)
  const text = useStore((now) => verdictAt(now, bench)?.text ?? '')
  const isFound = useStore((now) => (now.benches[bench]?.run?.findings.length ?? 0) > 0)
  if (!glyph) return <span className="verdict" data-tone="open">not decided yet</span>
  const verdict = <span className="verdict" data-tone={VERDICT_TONES[glyph]} title={text}><span aria-hidden>{glyph} </span>{text}</span>
  return isFound ? <Suspense fallback={verdict}><WithFindings bench={bench} verdict={text}>{verdict}</WithFindings></Suspense> : verdict
}
