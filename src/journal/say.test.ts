import { describe, expect, test } from 'vitest'
import type { Journal } from './run.ts'
import type { Step } from './step.ts'
import type { Snapshot } from './snapshot.ts'
import { catalog } from '../worker/catalog.ts'
import { everyday } from '../worker/shelves.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { captionOf, nameOf, plainText } from './say.ts'

const step = (event: string, fields: object, more: object = {}): Step => ({ seq: 0, actor: 'task:A', call: 'A.1', event, fields, stack: [], changes: [], words: [], ...more }) as unknown as Step
const cast = (records: Record<string, object>): Snapshot => ({ records: new Map(Object.entries(records)) as unknown as Snapshot['records'], words: {} })
const none: Journal = { header: { firstPfn: 0x80, listing: [] }, steps: [] } as unknown as Journal

describe('a template', () => {
  test('takes fields, and a noun for a count', () => {
    const says = { x: '{pages} {pages#page|pages} at {addr}, frame {frame}, {sizeBytes} bytes.' }
    expect(captionOf(step('x', { pages: 1, addr: 0xffff80000000, frame: 2, sizeBytes: 8192 }), says, none)).toBe('1 page at 0xffff80000000, frame 0x82, 8192 bytes.')
    expect(captionOf(step('x', { pages: 3, addr: 64, frame: 0, sizeBytes: 0 }), says, none)).toBe('3 pages at 64, frame 0x80, 0 bytes.')
  })

  test('tells long bytes by the first of them', () => {
    const says = { x: 'It reads `{result}`' }
    expect(captionOf(step('x', { result: '3a161200'.repeat(16) }), says, none)).toBe('It reads `3a1612003a161200… (64 bytes)`')
    expect(captionOf(step('x', { result: '3a161200' }), says, none)).toBe('It reads `3a161200`')
  })

  test('is narrowed by a value, a kind, or an errno', () => {
    const says = { wait: 'any', 'wait:fence': 'a fence', end: 'done', 'end:open': 'open', 'end:failed': 'no', 'end:open:failed': 'no open' }
    expect(captionOf(step('wait', { on: 'resv:gem.A.2' }), says, none)).toBe('any')
    expect(captionOf(step('wait', { on: 'fence:B.8' }), says, none)).toBe('a fence')
    expect(captionOf(step('end', { name: 'open', errno: null }), says, none)).toBe('open')
    expect(captionOf(step('end', { name: 'open', errno: 'ENOENT' }), says, none)).toBe('no open')
    expect(captionOf(step('end', { name: 'dup', errno: 'EBADF' }), says, none)).toBe('no')
  })

  test('keeps the spelling of identifiers, and begins a sentence with a capital', () => {
    const named = cast({ 'task:A': { name: 'compositor' } })
    expect(captionOf(step('x', { task: 'task:A' }), { x: '{task} sleeps.' }, null, named)).toBe('Compositor sleeps.')
    expect(captionOf(step('x', { text: 'bo = map(h)' }), { x: '**{text}**' }, none)).toBe('**bo = map(h)**')
  })
})

describe('a name', () => {
  test('is short for the first of its kind, and whole for the next', () => {
    const made = cast({ 'gem:A.2': { name: 0 }, 'gem:A.5': { name: 0 }, 'gem:B.3': { name: 0 } })
    expect(['gem:A.2', 'gem:A.5', 'gem:B.3'].map((id) => nameOf(id, [made]))).toEqual(['GEM object A', 'GEM object A.5', 'GEM object B'])
  })
  test('says whose it is', () => {
    const made = cast({ 'attachment:B.3': { device: 'device:card1' }, 'vma:B.5': { start: 0xffff80000000 }, 'task:B': { name: 'client' } })
    expect(nameOf('attachment:B.3', [made])).toBe('the attachment of card1')
    expect(nameOf('vma:B.5', [made])).toBe('the area at 0xffff80000000')
    expect(nameOf('mailbox:B', [made])).toBe('the mailbox of client')
  })
})

describe.each(everyday().map(({ id }) => id))('%s', (scenario) => {
  const { says, stops } = catalog()
  test.each(['V1', 'V2', 'V4', 'V5', 'V6', 'V9'])('every step of %s reads as a sentence', (variant) => {
    const { journal } = runRecipe({ scenario, variant, platform: 'rk3399' })
    const bad: string[] = []
    let plain = 0
    for (const each of journal.steps.slice(journal.header.start)) {
      const text = captionOf(each, says, journal)
      if (/\b[a-z_]+:[A-Z]\.\d|\b(task|device|file|gem|vma|bo):\S|\bundefined\b|\bnull\b|\[object|\{\w/.test(text.replace(/`[^`]*`|\(creator [^)]*\)|\([^)]*gem:[^)]*\)|\([^)]*fence:[^)]*\)|\{ [^}]*\}/g, ''))) bad.push(`${each.seq} ${text}`)
      else if (/\b1 (?:dirty )?(?:pages|lines|frames|entries|handles|fences|parts|words)\b/.test(plainText(text))) bad.push(`${each.seq} ${text}: one is not many`)
      else if (/\d{9,}/.test(text.replace(/0x[0-9a-f]+|`[^`]*`/g, ''))) bad.push(`${each.seq} ${text}: a number as an address`)
      else if ((plainText(text).match(/[.:?!](?= [A-Z])/g) ?? []).length > 2) bad.push(`${each.seq} ${text}: too long`)
      if (stops.includes(each.event) && !text.includes('**')) plain++
    }
    expect(bad).toEqual([])
    expect(plain, 'stops without a claim').toBe(0)
  })
})
