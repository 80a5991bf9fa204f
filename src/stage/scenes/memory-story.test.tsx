import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CPU_DATA, CPU_LINE, DISPLAY_SHOWN, DRAM, GPU_DATA, GPU_LINE, INVALID, lineOf, wordOf } from '../../journal/areas.ts'
import { Seeker } from '../../journal/seek.ts'
import type { Snapshot } from '../../journal/snapshot.ts'
import { TruthSeeker } from '../../journal/truth.ts'
import { runRecipe } from '../../worker/run-recipe.ts'
import { floorsOf } from '../floors.ts'
import type { Frame } from '../frame.ts'
import { layoutOf } from '../hardware/layout.ts'
import { pixelsOf } from '../hardware/png.ts'
import { displayWords, dramWords, gpuWords } from '../hardware/words.ts'
import { viewOf } from '../hardware/view.ts'
import memory from './memory.tsx'

const BOX = { x: 18, y: 500, w: 904, h: 213 }

function story(exporter: string) {
  const { journal } = runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter })
  const before = new Seeker(journal)
  const after = new Seeker(journal)
  const truth = new TruthSeeker(journal)
  const frameAt = (seq: number): Frame => ({
    header: journal.header, before: before.at(seq - 1), after: after.at(seq), step: journal.steps[seq], truth: truth.at(seq), t: 1, says: {}, differs: new Set(), selected: null, places: { boxes: new Map() },
  }) as unknown as Frame
  return { journal, frameAt }
}

/** Words 0xRRGGBB of the picture that stands at a place; null: nothing is drawn there. */
function drawn(markup: string, { x, y, w }: { x: number; y: number; w: number }): (number | null)[] | undefined {
  const tag = [...markup.matchAll(/<image [^>]*>/g)].map(([each]) => each).find((each) => each.includes(` x="${x}"`) && each.includes(` y="${y}"`) && each.includes(` width="${w}"`))
  if (!tag) return undefined
  const { rgba } = pixelsOf(/ href="([^"]*)"/.exec(tag)![1]!)
  return Array.from({ length: 1024 }, (_, i) => (rgba[i * 4 + 3] === 0 ? null : (rgba[i * 4]! << 16) | (rgba[i * 4 + 1]! << 8) | rgba[i * 4 + 2]!))
}

/** A cache without a line has no picture. */
const NOTHING: readonly null[] = Array.from({ length: 1024 }, () => null)

function held({ words }: Snapshot, page: number, area: string, states: string | null): (number | null)[] {
  return Array.from({ length: 1024 }, (_, i) => (states && (words[states]?.[lineOf(page) + (i >> 4)] ?? INVALID) === INVALID ? null : (words[area]?.[wordOf(page) + i] ?? 0) & 0xffffff))
}

test.each(['E1', 'E2', 'E3'])('in the story with exporter %s every picture is its party\'s bytes, at every step that moves any', (exporter) => {
  const { journal, frameAt } = story(exporter)
  const { cpu, dram, gpu, display } = layoutOf(BOX, false)
  let seen = 0
  for (const step of journal.steps) {
    if (step.seq < journal.header.start || step.words.length === 0) continue
    const frame = frameAt(step.seq)
    const view = viewOf(frame)
    if (!view) continue
    seen++
    const markup = renderToStaticMarkup(<svg>{memory.draw({ frame, box: BOX, floors: floorsOf({ w: 940, h: 740 }, false), compact: false })}</svg>)
    expect(drawn(markup, cpu!) ?? NOTHING, `CPU cache at ${step.seq}`).toEqual(held(frame.after, view.frame, CPU_DATA, CPU_LINE))
    expect(drawn(markup, dram), `DRAM at ${step.seq}`).toEqual(held(frame.after, view.frame, DRAM, null))
    expect(drawn(markup, gpu!) ?? NOTHING, `GPU cache at ${step.seq}`).toEqual(held(frame.after, view.frame, GPU_DATA, GPU_LINE))
    const panel = drawn(markup, display)
    if (view.display.lit) expect(panel, `display at ${step.seq}`).toEqual([...frame.after.words[DISPLAY_SHOWN]!.slice(0, 1024)].map((word) => word & 0xffffff))
    else expect(panel).toBeUndefined()
  }
  expect(seen).toBeGreaterThan(10)
})

test('cached and never cleaned, the display shows old lines; write-combined it shows none', () => {
  const last = ({ journal, frameAt }: ReturnType<typeof story>): Frame => frameAt(journal.steps.findLast((step) => (step.event as string) === 'display.scanout')!.seq)
  const cached = last(story('E2'))
  const view = viewOf(cached)!
  // Counted again from the words alone: lines of which a pixel on the panel differs from what the CPU would read.
  const cpu = held(cached.after, view.frame, CPU_DATA, CPU_LINE)
  const memoryWords = held(cached.after, view.frame, DRAM, null)
  const shown = cached.after.words[DISPLAY_SHOWN]!
  const old = [...Array(64).keys()].filter((line) => [...Array(16).keys()].some((i) => (shown[line * 16 + i]! & 0xffffff) !== (cpu[line * 16 + i] ?? memoryWords[line * 16 + i])))
  expect(old.length).toBeGreaterThan(0)
  expect(displayWords(view).forms[0]).toContain(`${old.length} of 64 lines stale`)
  // The job read the same old lines; its cache is empty again.
  expect(gpuWords(view).forms[0]).toBe(`no lines; its last job read ${old.length} old ones`)
  const combined = last(story('E3'))
  expect(gpuWords(viewOf(combined)).forms[0]).toBe('no lines')
  expect([displayWords(viewOf(combined)).tone, dramWords(combined, viewOf(combined)).tone]).toEqual(['quiet', 'quiet'])
})
