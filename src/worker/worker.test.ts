import { expect, test, vi } from 'vitest'
import type { Request, Response } from './protocol.ts'

/** The worker, spoken to as the page does, with everything that is posted really cloned and handed over. */
async function worker() {
  const messages: Response[] = []
  const port = { postMessage: (message: Response, transfer: Transferable[]) => void messages.push(structuredClone(message, { transfer })), onmessage: null as ((event: { data: Request }) => void) | null }
  vi.stubGlobal('self', port)
  vi.resetModules()
  await import('./worker.ts')
  vi.unstubAllGlobals()
  const until = async (done: () => boolean): Promise<void> => { while (!done()) await new Promise(go => setTimeout(go, 1)) }
  return { messages, until, ask: (data: Request) => port.onmessage!({ data }) }
}
const recipe = { scenario: 'canonical', variant: 'V5', platform: '', exporter: 'E1', importer: 'vgem' }

test('catalog, header, pieces in order, end', async () => {
  const { messages, until, ask } = await worker()
  ask({ type: 'catalog', recipes: [recipe] })
  ask({ type: 'run', run: 7, recipe })
  await until(() => messages.some(m => m.type === 'quirks'))
  expect(messages.map(m => m.type).filter((type, i, all) => type !== all[i - 1])).toEqual(['catalog', 'header', 'steps', 'end', 'quirks'])
  const steps = messages.flatMap(m => (m.type === 'steps' ? m.steps : []))
  expect(steps.map(s => s.seq)).toEqual(steps.map((_, i) => i))
})

test('a cancelled run falls silent', async () => {
  const { messages, ask } = await worker()
  const many = `process main A {\n${'  fd = open("/dev/null", O_RDWR)\n  close(fd)\n'.repeat(400)}}\n`
  ask({ type: 'run', run: 1, recipe: { ...recipe, program: many } })
  ask({ type: 'cancel', run: 1 })
  await new Promise(go => setTimeout(go, 200))
  expect(messages.some(m => m.type === 'end')).toBe(false)
})

test('a program with a mistake answers a problem', async () => {
  const { messages, until, ask } = await worker()
  ask({ type: 'run', run: 2, recipe: { ...recipe, program: 'proces a {}' } })
  await until(() => messages.length > 0)
  expect(messages).toEqual([{ type: 'problem', run: 2, problem: expect.objectContaining({ line: 1, column: 1 }) }])
})

test('a search tells how far it is and what it found; one that is stopped tells what it has, one that is cancelled falls silent', async () => {
  const { messages, until, ask } = await worker()
  const small = { ...recipe, variant: 'V5', exporter: 'E2', lines: 2 }
  ask({ type: 'explore', run: 1, recipe: { ...small, lines: 1 } })
  await until(() => messages.some(m => m.type === 'explored'))
  expect(messages.filter(m => m.type === 'exploring').length).toBeGreaterThan(0)
  expect(messages.at(-1)).toMatchObject({ type: 'explored', run: 1, explored: { whole: true, untold: 0 } })
  ask({ type: 'explore', run: 2, recipe: small })
  await until(() => messages.some(m => m.type === 'exploring' && m.run === 2))
  ask({ type: 'stop', run: 2 })
  await until(() => messages.some(m => m.type === 'explored' && m.run === 2))
  expect(messages.at(-1)).toMatchObject({ type: 'explored', run: 2, explored: { whole: false } })
  ask({ type: 'explore', run: 3, recipe: small })
  await until(() => messages.some(m => m.type === 'exploring' && m.run === 3))
  ask({ type: 'cancel', run: 3 })
  const count = messages.length
  await new Promise(go => setTimeout(go, 300))
  // What was on its way when it was cancelled may still come.
  expect(messages.length - count).toBeLessThanOrEqual(1)
  expect(messages.some(m => m.type === 'explored' && m.run === 3)).toBe(false)
}, 60_000)
