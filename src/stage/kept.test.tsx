/** What a scene keeps is what it would draw anew: over whole runs, forward and back, at rest and in motion, whatever is chosen. */
import { isValidElement, type ReactElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { differing, framesAt } from '../app/frames.ts'
import { align, type Row } from '../journal/align.ts'
import type { Journal } from '../journal/run.ts'
import { catalog } from '../worker/catalog.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { floorsOf, type Size } from './floors.ts'
import { frameOf, type Frame } from './frame.ts'
import { Kept } from './glyphs/kept.tsx'
import { placesOf } from './places.ts'
import { FLOORS, type SceneProps } from './scene.ts'
import { fetchLater, scenes } from './shelf.ts'

await fetchLater()

const { says, stops } = catalog()
/** Tables beside the pictures, tables in a line, and none. */
const SIZES: readonly (readonly [Size, boolean])[] = [[{ w: 937, h: 728 }, false], [{ w: 1870, h: 700 }, false], [{ w: 390, h: 505 }, true]]

type KeptElement = ReactElement<{ readonly of: readonly unknown[]; readonly draw: () => ReactNode }>

/** The kept parts of a drawing, by where they stand in it. */
function keptIn(node: ReactNode, way = ''): [string, KeptElement][] {
  if (Array.isArray(node)) return node.flatMap((each: ReactNode, i) => keptIn(each, `${way}/${isValidElement(each) ? (each.key ?? i) : i}`))
  if (!isValidElement<{ children?: ReactNode }>(node)) return []
  return node.type === Kept ? [[way, node as KeptElement]] : keptIn(node.props.children, way)
}

/** Holds what was drawn with what it depended on, and asks for the same whenever that is the same again. */
class Memory {
  private readonly parts = new Map<string, { of: readonly unknown[]; drawn: string }>()
  readonly kept = new Map<string, number>()

  see(name: string, kind: string, of: readonly unknown[], draw: () => ReactNode, when: string): void {
    const drawn = renderToStaticMarkup(<svg>{draw()}</svg>)
    const known = this.parts.get(name)
    if (known && known.of.length === of.length && known.of.every((each, i) => each === of[i])) {
      if (known.drawn !== drawn) expect(`${when}: ${drawn}`).toBe(`${when}: ${known.drawn}`)
      this.kept.set(kind, (this.kept.get(kind) ?? 0) + 1)
    } else this.parts.set(name, { of, drawn })
  }
}

/** Frames as the page makes them: forward, back and in jumps, now and then in motion, each way in another layout. */
function* framesOf(journals: readonly Journal[], ways: number): Generator<readonly [Frame, string, number]> {
  const benches = journals.map((journal) => ({ recipe: { scenario: '' }, run: { journal, verdict: null, problems: [] }, problem: null, busy: false })) as never
  const places = placesOf(journals)
  const frames = (at: number, rows: readonly Row[], selected: string | null, ts: readonly number[]): [Frame, string][] => {
    const shown = framesAt({ benches, rows, at })
    const differs = differing(shown)
    return shown.flatMap((each, i) => ts.map((t): [Frame, string] => [frameOf(each!, t, { places, says, differs, selected }), `${i} ${at} ${t}`]))
  }
  const rows = align(journals, 'step', stops)
  const forward = rows.map((_, i) => i + 1)
  const jumps = forward.filter((at) => at % 6 === 0).map((at) => ((at * 17) % rows.length) + 1)
  for (const [way, stations] of [[0, ...forward], forward.toReversed().filter((at) => at % 6 < 3), jumps].slice(0, ways).entries()) {
    for (const [turn, at] of stations.entries()) for (const [frame, when] of frames(at, rows, CHOSEN[Math.floor(turn / 9) % CHOSEN.length]!, turn % 9 === 4 ? [0, 0.5, 1] : [1])) yield [frame, when, way]
  }
  // The same step at another depth has another stop before it.
  for (const depth of ['step', 'call', 'detail'] as const) {
    const others = align(journals, depth, stops)
    for (const at of others.map((_, i) => i + 1).filter((_, i) => i % Math.ceil(others.length / 6) === 0)) for (const [frame, when] of frames(at, others, null, [1])) yield [frame, when, 0]
  }
}
const CHOSEN = [null, 'gem:A.2', 'line:3', 'task:B', 'vma:B.5']

const run = (variant: string, exporter?: string): Journal => runRecipe({ scenario: 'canonical', variant, platform: 'rk3399', ...(exporter && { exporter }) }).journal

test.each([['V1', 'V9', undefined, 3], ['V5', 'V6', 'E2', 1]])('%s and %s', (left, right, exporter, ways) => {
  const journals = [run(left, exporter), run(right, exporter)]
  const memory = new Memory()
  const layouts = SIZES.map(([size, compact]) => ({ floors: floorsOf(size, compact), compact }))
  for (const [frame, when, way] of framesOf(journals, ways)) for (const floor of FLOORS) for (const { id, of, draw } of scenes[floor]) {
    const { floors, compact } = layouts[way]!
    const still = floor === 'hardware' && frame.past?.words === false ? { ...frame, t: 1 } : frame
    const props: SceneProps = { frame: still, box: floors[floor].box, floors, compact }
    const name = `${when.charAt(0)} ${way} ${id}`
    if (of) memory.see(name, id, of(props), () => draw(props), when)
    for (const [place, { props: part }] of keptIn(draw(props))) memory.see(`${name} ${place}`, `part of ${id}`, part.of, part.draw, when)
  }
  // It must have been asked: a scene that never keeps anything is never wrong.
  for (const kind of ['memory', 'walk', 'references', 'part of objects', 'part of process', 'part of references']) expect(memory.kept.get(kind) ?? 0, kind).toBeGreaterThan(60)
}, 240_000)
