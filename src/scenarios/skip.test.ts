/** A run without one call of its program: the name it would have given stays as in C, and the kernel or a later line says what that comes to. */
import { expect, test } from 'vitest'
import { innerCalls } from '../journal/leave-out.ts'
import { is } from '../journal/step.ts'
import { runRecipe } from '../worker/run-recipe.ts'

const run = (...skip: string[]) => runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E2', skip })
const passedOver = ({ journal }: ReturnType<typeof run>) => journal.steps.flatMap(step => (is(step, 'line.skip') ? [[step.call, step.fields.why]] : []))

test('nothing left out is the run as it is', () => {
  const { skip: _, ...whole } = { scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E2', skip: [] }
  expect(run().journal.steps).toEqual(runRecipe(whole).journal.steps)
})

test('a descriptor that nobody opened is -1, and the kernel answers EBADF by itself', () => {
  const ran = run('B.1')
  expect(passedOver(ran)[0]).toEqual(['B.1', 'this run leaves it out, and gpu stays -1'])
  expect(ran.verdict).toMatchObject({ glyph: '✗', text: 'EBADF at FD_TO_HANDLE', call: 'B.3' })
})

test('a handle that nobody made is 0, which no object has', () => {
  expect(passedOver(run('A.2'))[0]).toEqual(['A.2', 'this run leaves it out, and bo stays 0'])
  expect(run('A.2').verdict.text).toBe('ENOENT at MAP_DUMB')
})

test('what would go through a mapping that was never made is passed over too', () => {
  const ran = run('B.5')
  expect(passedOver(ran).slice(0, 2)).toEqual([['B.5', 'this run leaves it out, so there is no mapping called px'], ['B.6', 'there is no mapping called px']])
  expect(ran.verdict).toEqual({ glyph: '✗', text: 'day is never drawn', call: null })
})

test('a name that an earlier line gave keeps what it stood for', () => {
  const ran = runRecipe({ scenario: 'gpu-draws', variant: 'V5', platform: 'rk3399', skip: ['B.10'] })
  expect(ran.journal.header.listing[1]!.lines[9]!.text).toBe('px = gbm_bo_map(bo)')
  expect(passedOver(ran)[0]).toEqual(['B.10', 'this run leaves it out, and px keeps what it stood for'])
  expect(ran.journal.steps.some(step => step.call === 'B.11' && is(step, 'call.enter'))).toBe(true)
})

test('a message that is not sent leaves the other process asleep', () => {
  expect(run('B.11').verdict).toMatchObject({ glyph: '✗', text: 'nobody can go on' })
})

test('the other calls keep their keys, so both runs stand side by side', () => {
  const keys = (ran: ReturnType<typeof run>): string[] => [...new Set(ran.journal.steps.map(({ call }) => call))].filter(Boolean)
  const [whole, less] = [keys(run()), keys(run('A.13'))]
  expect(less).toEqual(whole)
})

test('a call that the program does not have is a problem with a remedy', () => {
  expect(run('B.99').problems).toEqual([{ message: 'This program has no call B.99 to leave out.', remedy: 'Its calls are A.1 to B.13.' }])
})

test('a call inside a library can be left out where the library does not need its answer: without SYNC the heap is not cleaned', () => {
  const recipe = { scenario: 'canonical', variant: 'V21', platform: 'rk3399' }
  const whole = runRecipe(recipe)
  const { call } = whole.journal.steps.findLast(step => is(step, 'sync.end'))!
  const ran = runRecipe({ ...recipe, skip: [`${call}:DMA_BUF_IOCTL_SYNC`] })
  expect([whole.verdict.glyph, ran.verdict.glyph]).toEqual(['✓', '✗'])
  expect(ran.verdict.text).toContain('old pixels')
  expect(ran.journal.steps.flatMap(step => (is(step, 'trap.skip') ? [[step.call, step.fields.name]] : []))).toEqual([[call, 'DMA_BUF_IOCTL_SYNC']])
  expect(ran.journal.steps.some(step => is(step, 'sync.end'))).toBe(false)
  expect(innerCalls(ran.journal, call)).toEqual(innerCalls(whole.journal, call))
  expect(ran.problems).toEqual([])
})

test('a call whose answer the library needs stays, and the reader is told', () => {
  const ran = run('B.5:mmap')
  expect(ran.problems.map(({ message }) => message)).toEqual(['mmap cannot be left out of B.5: its library needs the answer.'])
  expect(ran.journal.steps.some(step => is(step, 'trap.skip'))).toBe(false)
})
