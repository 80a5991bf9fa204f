/** Which of the runs is shown: beside a text one has room. */
import { Columns2 } from 'lucide-react'
import { benchName, variantOf } from '../../app/names.ts'
import { fragmentHere } from '../../app/open.ts'
import { areSame } from '../../app/recipes.ts'
import { patch, useStore } from '../../app/store.ts'
import type { Recipe } from '../../journal/run.ts'
import { SENTENCES } from './sentences.ts'

/** Runs that a chapter has a name for. */
export interface Named { readonly recipes: readonly Recipe[]; readonly names?: readonly string[] }

export function BenchTabs({ named }: { named: readonly Named[] }) {
  const bench = useStore((now) => Math.min(now.bench, now.benches.length - 1))
  const benches = useStore((now) => now.benches)
  const catalog = useStore((now) => now.catalog)
  const recipes = benches.map(({ recipe }) => recipe)
  const names = named.find((each) => areSame(each.recipes, recipes))?.names
  // Two programs of one variant have one name.
  const alike = benches.length > 1 && benches.every(({ recipe }) => benchName(recipe) === benchName(benches[0]!.recipe))
  return (
    <div className="tabs top" role="group" aria-label={SENTENCES.runs}>
      {benches.length > 1 && benches.map(({ recipe }, i) => {
        const title = variantOf(catalog, recipe)?.title
        const name = names ? names[i] : `${alike ? `${i + 1}: ` : ''}${benchName(recipe)}${title ? ` · ${title}` : ''}`
        return <button key={i} className="button" aria-pressed={i === bench} onClick={() => patch({ bench: i })}>{name}</button>
      })}
      <span className="gap" />
      <a className="button" href={fragmentHere()} onPointerEnter={refresh} onFocus={refresh}><Columns2 aria-hidden />{SENTENCES.sideBySide}</a>
    </div>
  )
}

/** The address of this moment is made when it is about to be followed. */
function refresh({ currentTarget }: { currentTarget: HTMLAnchorElement }): void {
  currentTarget.setAttribute('href', fragmentHere())
}
