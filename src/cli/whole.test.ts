/** Every recording of the repository, as the command replays them: not one operation is answered differently. */
import { expect, test, vi } from 'vitest'
import { main } from './oracle.ts'

test('all recordings of all releases agree', async () => {
  const lines: string[] = []
  const spies = (['log', 'error'] as const).map(way => vi.spyOn(console, way).mockImplementation((line: string) => void lines.push(line)))
  const status = await main([])
  spies.forEach(spy => spy.mockRestore())
  expect(lines.slice(-2)).toEqual(['1998 of 1998 sequences agree', '63575 of 63575 operations agree'])
  expect(lines.find(line => line.startsWith('Apart'))).toContain('6.12.117, 286 of 286')
  expect(status).toBe(0)
})
