/** Objects from close against the model: every field they show is the record's, every holder a reference, every bit a flag; and what is kept is what would be drawn anew. */
import { isValidElement, type ReactElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { LINES_PER_PAGE } from '../../base/brand.ts'
import { Seeker } from '../../journal/seek.ts'
import { TruthSeeker } from '../../journal/truth.ts'
import type { AnyRecord } from '../../journal/snapshot.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { says } from '../../worker/says.ts'
import { runRecipe } from '../../worker/run-recipe.ts'
import { floorsOf } from '../floors.ts'
import type { Frame } from '../frame.ts'
import { Kept } from '../glyphs/kept.tsx'
import { pastOf } from '../past.ts'
import { placesOf } from '../places.ts'
import { edgesOf } from '../references.ts'
import objects from '../scenes/objects.tsx'
import { fetchLater } from '../shelf.ts'
import { bitsOf, fieldsOf, kernelName } from './fields.ts'

await fetchLater()

const { journal } = runRecipe({ scenario: 'canonical', variant: 'V6', platform: 'rk3399' })
const places = placesOf([journal])
const floors = floorsOf({ w: 937, h: 728 }, false)

/** Every event that touches a buffer, and some of the others, forward. */
function* frames(): Generator<Frame> {
  const [before, after, truth] = [new Seeker(journal), new Seeker(journal), new TruthSeeker(journal)]
  for (let seq = journal.header.start; seq < journal.steps.length; seq++) {
    const step = journal.steps[seq]!
    if (seq % 9 !== 0 && !step.changes.some(({ id }) => id.startsWith('gem:'))) continue
    yield { header: journal.header, before: before.at(seq - 1), after: after.at(seq), step, t: 1, places, truth: truth.at(seq), past: pastOf(journal, step, says, seq - 1), says, differs: new Set(), selected: null }
  }
}

type KeptElement = ReactElement<{ readonly of: readonly unknown[]; readonly draw: () => ReactNode }>
const partsOf = (frame: Frame, near: number): KeptElement[] => {
  const found: KeptElement[] = []
  const walk = (node: ReactNode): void => {
    if (Array.isArray(node)) node.forEach(walk)
    else if (isValidElement<{ children?: ReactNode }>(node)) if (node.type === Kept) found.push(node as KeptElement)
    else walk(node.props.children)
  }
  walk(objects.draw({ frame, box: floors.kernel.box, floors, compact: false, near }))
  return found
}
const markup = (part: KeptElement): string => renderToStaticMarkup(<svg>{part.props.draw()}</svg>)
const idIn = (text: string): Id => /data-id="([^"]*)"/.exec(text)![1] as Id

test('counts, holders and lines are the model\'s, after every event', () => {
  let seen = 0
  for (const frame of frames()) for (const part of partsOf(frame, 5)) {
    if (!String(part.key).startsWith('gem:')) continue
    const text = markup(part)
    const id = idIn(text)
    const record = frame.after.records.get(id)
    if (!record) continue
    seen++
    expect(text, `${id} at ${frame.step!.seq}`).toMatch(new RegExp(`>refcount</text>(<rect[^>]*></rect>)?<text[^>]*>${String(record['refcount'])}</text>`))
    expect(text).toMatch(new RegExp(`>handle_count</text>(<rect[^>]*></rect>)?<text[^>]*>${String(record['handleCount'])}</text>`))
    const holders = edgesOf(frame).filter((edge) => edge.to === id && edge.counter !== '')
    if (!text.includes(' more<')) for (const { from } of holders) expect(text).toContain(`>${from} `)
    const old = Array.from({ length: LINES_PER_PAGE }, (_, line) => frame.truth.marks[LINES_PER_PAGE * (frame.truth.pages[0]?.frame ?? 0) + line]! & 1).filter(Boolean).length
    const said = /(\d+) of 64 lines old/.exec(text)?.[1]
    if (/64 lines/.test(text)) expect(Number(said ?? 0)).toBe(old)
  }
  expect(seen).toBeGreaterThan(60)
})

test('what is kept from close is what would be drawn anew', () => {
  const known = new Map<string, { of: readonly unknown[]; text: string }>()
  let kept = 0
  for (const frame of frames()) for (const near of [2, 4]) for (const part of partsOf(frame, near)) {
    const text = markup(part)
    const name = `${near} ${String(part.key)}`
    const before = known.get(name)
    if (before && before.of.length === part.props.of.length && before.of.every((each, i) => each === part.props.of[i])) {
      expect(text).toBe(before.text)
      kept++
    }
    known.set(name, { of: part.props.of, text })
  }
  expect(kept).toBeGreaterThan(300)
})

test('fields are spelled as in the kernel, and say when they change', () => {
  expect([kernelName('gem', 'handleCount'), kernelName('dma_buf', 'expName'), kernelName('file', 'fmode'), kernelName('vma', 'pgoff'), kernelName('resv', 'fences')]).toEqual(['handle_count', 'exp_name', 'f_mode', 'vm_pgoff', 'fences'])
  const was: AnyRecord = { refcount: 2, handleCount: 1, pages: null }
  const fields = fieldsOf('gem:A.1', { ...was, refcount: 3, pages: [2, -1] }, was, 0x200)
  expect(fields.find(({ name }) => name === 'refcount')).toMatchObject({ value: '3', changed: true })
  expect(fields.find(({ name }) => name === 'handle_count')).toMatchObject({ value: '1', changed: false })
  expect(fields.find(({ name }) => name === 'pages')).toMatchObject({ value: '0x202 –', changed: true })
})

test('bits are the flags, each at its place', () => {
  const bits = bitsOf('vma:B.1', { flags: ['rd', 'sh', 'pf'] })!.bits
  expect(bits.filter(({ set }) => set).map(({ name }) => name)).toEqual(['READ', 'SHARED', 'PFNMAP'])
  expect(bitsOf('file:A.1', { fmode: { read: true, write: false } })).toEqual({ name: 'f_mode', bits: [{ name: 'READ', set: true }, { name: 'WRITE', set: false }] })
  expect(bitsOf('gem:A.1', {})).toBeNull()
})
