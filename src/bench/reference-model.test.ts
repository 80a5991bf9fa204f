/** The search on a machine whose numbers are known: states, moves, states that differ in more than names, and the shortest mistakes. */
import { expect, test } from 'vitest'
import { packedSearch } from './packed-search.ts'
import { explored, KNOWN, ReferenceModel, SHORTEST, VIOLATION } from './reference-model.ts'

/** The largest takes seconds; the bench goes through it. */
test.each(KNOWN.slice(0, -1))('%i lines, %i rounds: %i states, %i moves, %i but for names', (lines, rounds, states, transitions, orbits) => {
  const all = explored({ lines, rounds })
  expect([all.states, all.transitions, all.outcomes()]).toEqual([states, transitions, []])
  expect(explored({ lines, rounds, symmetric: true }).states).toBe(orbits)
  expect(packedSearch(lines, rounds)).toEqual({ states, transitions })
})

test('without cleaning it goes wrong after five steps, without forgetting after ten, and as soon when names do not count', () => {
  for (const symmetric of [false, true]) {
    for (const [options, steps] of SHORTEST) {
      const model = { lines: 1, rounds: 2, symmetric, ...options } as const
      const [worst, ...others] = explored(model).outcomes()
      expect([worst!.text, worst!.path.length, others]).toEqual([VIOLATION, steps, []])
    }
  }
})

test('the shortest way to a mistake is one: taking it again makes it', () => {
  const options = { lines: 2, rounds: 1, clean: false } as const
  const { path } = explored(options).outcomes()[0]!
  const model = new ReferenceModel(options)
  for (const way of path) {
    expect(model.outcome()).toBeNull()
    expect(way).toBeLessThan(model.ways())
    model.go(way)
  }
  expect(model.outcome()).toBe(VIOLATION)
})

test('what is gone to is come back from', () => {
  const model = new ReferenceModel({ lines: 2, rounds: 2, symmetric: true })
  const key = (): string => `${model.lo} ${model.hi} ${model.ways()}`
  const keys: string[] = []
  for (let n = 0; n < 200 && model.ways() > 0; n++) {
    keys.push(key())
    model.go((n * 7) % model.ways())
  }
  while (keys.length > 0) {
    model.back()
    expect(key()).toBe(keys.pop())
  }
})
