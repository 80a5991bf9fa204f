/** Progress is said once a second, by a clock that the test turns. */
import { expect, test } from 'vitest'
import { paceOf } from './pace.ts'

function turned(): { readonly lines: string[]; readonly pace: ReturnType<typeof paceOf>; turn(wall: number, cpu: number): void } {
  const at = { wall: 5000, cpu: 200 }
  const lines: string[] = []
  const pace = paceOf(900, 'things', line => lines.push(line), { wall: () => at.wall, cpu: () => at.cpu })
  return { lines, pace, turn: (wall, cpu) => { at.wall += wall; at.cpu += cpu } }
}

test('what is over within a second says nothing on the way, and at the end how fast it was at all and in its second half', () => {
  const { lines, pace, turn } = turned()
  for (const [done, wall] of [[300, 500], [600, 390], [900, 100]] as const) {
    turn(wall, 300)
    pace.reach(done)
  }
  expect(lines).toEqual([])
  expect(pace.total()).toBe('900 things in 0.99 s (909 a second), in 0.90 s (1000 a second) of processor time on all threads; the second half at 3000 a second')
})

test('what takes longer says once a second how far it is', () => {
  const { lines, pace, turn } = turned()
  for (let done = 100; done <= 900; done += 100) {
    turn(400, 100)
    pace.reach(done)
  }
  expect(lines).toEqual(['  300 of 900 things so far', '  600 of 900 things so far', '  900 of 900 things so far'])
})

test('a clock that stands still is no division by zero', () => {
  const { pace } = turned()
  pace.reach(900)
  expect(pace.total()).toBe('900 things in 0.00 s, in 0.00 s of processor time on all threads')
})
