/** A scenario offers only what it has a text for, and each text reads and runs: no call of it is one that the device does not know. */
import { expect, test } from 'vitest'
import { is } from '../journal/step.ts'
import { choose, offered } from '../worker/choose.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { everyday, parts, scenarios } from '../worker/shelves.ts'

/** What a call answers that was made on a node of another kind. */
const STRANGE = ['ENOTTY', 'EBADF', 'EFAULT', 'ESRCH']

test.each(everyday().map(({ id }) => id))('%s', id => {
  const scenario = scenarios.find(found => found.id === id)!
  const [exporters, importers] = (['exporter', 'importer'] as const).map(axis => offered(scenario, axis).map(p => p.id)) as [string[], string[]]
  const wrong: string[] = []
  for (const recipe of [...exporters.map(exporter => ({ exporter })), ...importers.map(importer => ({ importer }))]) {
    const { journal, problems } = runRecipe({ scenario: id, variant: '', platform: 'rk3399', kernel: 'KNOW', ...recipe })
    const name = JSON.stringify(recipe)
    wrong.push(...problems.map(({ message }) => `${name}: ${message}`))
    wrong.push(...journal.steps.flatMap(step => (is(step, 'trap.leave') && STRANGE.includes(step.fields.errno ?? '') ? [`${name}: ${step.call} ${step.fields.name} ${step.fields.errno}`] : [])))
  }
  expect(wrong).toEqual([])
  for (const axis of ['exporter', 'importer'] as const) {
    const missing = parts[axis].find(p => !offered(scenario, axis).includes(p))
    if (!missing) continue
    const { problems, ids } = choose({ scenario: id, variant: '', platform: 'rk3399', [axis]: missing.id })
    expect(problems[0]!.message).toContain(`${missing.id}; this is ${ids[axis]}.`)
    expect(offered(scenario, axis).map(p => p.id)).toContain(ids[axis])
  }
})

test('a story on a GPU of its own calls is offered for every GPU, and drawing for none without one', () => {
  const of = (id: string, axis: 'exporter' | 'importer'): string[] => offered(scenarios.find(found => found.id === id)!, axis).map(p => p.id)
  expect(of('appendix-a', 'importer').sort()).toEqual(['etnaviv', 'lima', 'msm', 'panfrost', 'v3d'])
  expect(of('display-imports', 'importer').sort()).toEqual(['etnaviv', 'lima', 'msm', 'panfrost', 'v3d'])
  expect(of('gpu-draws', 'importer')).not.toContain('vgem')
  expect(of('gpu-draws', 'exporter')).toEqual(expect.arrayContaining(['E6', 'E8', 'E9', 'E10']))
  expect(of('appendix-a', 'exporter')).not.toContain('E6')
  expect(of('canonical', 'importer')).toEqual(parts.importer.map(p => p.id))
})
