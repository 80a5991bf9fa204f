import { expect, test } from 'vitest'
import { ALL } from '../../app/all-keys.ts'
import { catalog } from '../../worker/catalog.ts'
import { commands } from './commands.ts'

const all = commands(catalog(), 2)

test('every command has a name of its own', () => {
  expect(new Set(all.map((each) => each.id)).size).toBe(all.length)
  expect(new Set(all.map((each) => each.title)).size).toBe(all.length)
})

test('what a key does, the palette does too', () => {
  const titles = all.map((each) => each.title.toLowerCase())
  for (const { does, keys } of ALL) if (keys[0] === 'h') expect(titles).toEqual(expect.arrayContaining(['left', 'down', 'up', 'right'].map((way) => `from close: ${way}`)))
  else if (keys[0] !== 'Escape' && keys[0] !== '1') expect(titles).toContain(does.toLowerCase())
})

test('every variant can be had on every bench and on one more, while there is a place', () => {
  for (const [benches, ways] of [[1, 2], [2, 3], [4, 4]] as const)
    for (const { number } of catalog().variants) expect(commands(catalog(), benches).filter((each) => each.title.includes(`: ${number} · `))).toHaveLength(ways)
})

test('every bench can be taken away, but not the last one', () => {
  const removed = (benches: number): number => commands(catalog(), benches).filter((each) => each.title.startsWith('Remove bench')).length
  expect([1, 2, 3, 4].map(removed)).toEqual([0, 2, 3, 4])
})
