/** The parts that a variant is made of, per bench, for any other combination of them. */
import type { Catalog, Choice, Recipe } from '../../journal/run.ts'
import { benchNames } from '../../app/names.ts'
import { choose } from '../../app/open.ts'
import { useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { offered } from './offered.ts'
import { SENTENCES } from './sentences-later.ts'

type PartAxis = 'kernel' | 'flags' | 'path' | 'importer' | 'sync'
const AXES: readonly { axis: PartAxis; title: string; choices: (catalog: Catalog, recipe: Recipe) => readonly Choice[] }[] = [
  { axis: 'kernel', title: 'Kernel', choices: (catalog) => catalog.kernels },
  { axis: 'flags', title: 'Export flags', choices: (catalog) => catalog.flags },
  { axis: 'path', title: 'Map path', choices: (catalog) => catalog.paths },
  { axis: 'importer', title: 'Importer', choices: (catalog, recipe) => offered(catalog, recipe, 'importers') },
  { axis: 'sync', title: 'CPU access', choices: (catalog) => catalog.syncs },
]

export function PartsTable() {
  const catalog = useStore((now) => now.catalog)
  const benches = useStore((now) => now.benches)
  if (!catalog) return null
  const names = benches.length > 2 ? benchNames(benches.map(({ recipe }) => recipe)) : benches.map(({ recipe }) => recipe.variant)
  return (
    <table>
      <caption>A variant is a few parts. Replace any of them.</caption>
      <thead>
        <tr><td />{names.map((name, i) => <th key={i} scope="col">{name}</th>)}</tr>
      </thead>
      <tbody>
        {AXES.map(({ axis, title, choices }) => (
          <tr key={axis}>
            <th scope="row">{title}</th>
            {benches.map(({ recipe, run }, i) => {
              const said = run?.journal.header.chosen[axis]
              const saidTitle = choices(catalog, recipe).find((choice) => choice.id === said)?.title ?? said ?? ''
              return (
                <td key={i}>
                  <select
                    className="field" aria-label={`${title}, ${names[i]}`} value={recipe[axis] ?? ''}
                    onChange={(event) => choose(benches.map((bench, j) => (j === i ? { ...bench.recipe, [axis]: event.target.value || undefined } : bench.recipe)))}
                  >
                    <option value="">{recipe[axis] ? 'as the variant says' : fill(SENTENCES.asDefault, { title: saidTitle })}</option>
                    {choices(catalog, recipe).map((choice) => <option key={choice.id} value={choice.id} title={choice.why}>{choice.title}</option>)}
                  </select>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Simplify freely, never silently: what the model of these runs does not have. */
export function LeavesOut() {
  const benches = useStore((now) => now.benches)
  const lines = [...new Set(benches.flatMap((bench) => bench.run?.journal.header.leavesOut ?? []))]
  if (lines.length === 0) return null
  return (
    <details className="leaves-out" open>
      <summary>What these runs leave out</summary>
      <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
    </details>
  )
}
