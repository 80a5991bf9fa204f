/** Every stored moment is in its run, and every scene of the shelf has one. */
import { expect, test } from 'vitest'
import { runRecipe } from '../../worker/run-recipe.ts'
import { FLOORS } from '../../stage/scene.ts'
import { fetchLater, scenes } from '../../stage/shelf.ts'
import { moments, momentsOf, stepOf } from './moments.ts'

await fetchLater()
const ids = FLOORS.flatMap(floor => scenes[floor].map(scene => scene.id))

test.each(moments.map(moment => [moment.id, moment] as const))('%s', (_, moment) => {
  expect(stepOf(runRecipe(moment.recipe).journal.steps, moment)).toBeDefined()
  expect(ids).toEqual(expect.arrayContaining([...moment.scenes]))
  expect(moments.filter(({ id }) => id === moment.id)).toHaveLength(1)
})

test('a scene that no moment names is shown at every one', () => {
  expect(momentsOf('a-new-scene')).toEqual(moments)
  for (const id of ids) expect(momentsOf(id).length, id).toBeGreaterThan(0)
})
