/** The drawing against the model, on the six headline variants: arrows are references, the chain is the stack, nothing moves. */
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { Journal } from '../journal/run.ts'
import { Seeker } from '../journal/seek.ts'
import { BOUNDARY } from '../journal/step.ts'
import { stopsOf } from '../journal/stops.ts'
import { TruthSeeker } from '../journal/truth.ts'
import { catalog } from '../worker/catalog.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { Bench } from './bench.tsx'
import { fitOf, floorsOf, type Size } from './floors.ts'
import type { Frame } from './frame.ts'
import { pastOf } from './past.ts'
import { placesOf, type Places } from './places.ts'
import { arrowsOf, layoutsOf } from './references.ts'
import type { Point } from './route.ts'
import { elide } from './scenes/call-chain.tsx'
import { fetchLater, scenes } from './shelf.ts'

await fetchLater()

const { says, stops } = catalog()
const VARIANTS = ['V1', 'V2', 'V4', 'V5', 'V6', 'V9']
const SIZES: readonly Size[] = [{ w: 937, h: 728 }, { w: 617, h: 420 }]
const journals = new Map(VARIANTS.map((variant) => [variant, runRecipe({ scenario: 'canonical', variant, platform: 'rk3399' }).journal]))
const together = placesOf([...journals.values()])

/** Frames in the order asked for; each snapshot is good until the next frame. */
class Player {
  private readonly before: Seeker
  private readonly after: Seeker
  private readonly truth: TruthSeeker
  constructor(private readonly journal: Journal, private readonly places: Places) {
    this.before = new Seeker(journal)
    this.after = new Seeker(journal)
    this.truth = new TruthSeeker(journal)
  }
  at(seq: number, earlier = seq - 1, t = 1): Frame {
    const step = this.journal.steps[seq]!
    return {
      header: this.journal.header, before: this.before.at(earlier), after: this.after.at(seq), step, t, places: this.places, truth: this.truth.at(seq),
      past: pastOf(this.journal, step, says), says, differs: new Set(), selected: null,
    }
  }
}
const player = (variant: string): Player => new Player(journals.get(variant)!, together)
const stopsIn = (variant: string): number[] => stopsOf(journals.get(variant)!, 'step', stops)
const markup = (frame: Frame, size: Size, compact = false): string => renderToStaticMarkup(<Bench frame={frame} size={size} compact={compact} />)
/** User space and the kernel alone: the hardware has tests of its own. */
const upper = (frame: Frame, size: Size, compact = false): string => {
  const floors = floorsOf(size, compact)
  return renderToStaticMarkup(<svg>{[...scenes.user, ...scenes.kernel].map(({ id, floor, draw }) => <g key={id}>{draw({ frame, box: floors[floor].box, floors, compact })}</g>)}</svg>)
}
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((found) => found[1]!)
const unescape = (text: string): string => text.replace(/&gt;/g, '>').replace(/&#x27;/g, "'").replace(/&amp;/g, '&')

test('a phone shows the only buffer there is, whose ever it is, and does not call open files nothing', () => {
  const { journal } = runRecipe({ scenario: 'table-write-unseen', variant: 'V9', platform: 'rk3399', importer: 'panfrost-dirty-tables' })
  const play = new Player(journal, placesOf([journal]))
  const drawn = (find: (event: string, name: unknown) => boolean): string => upper(play.at(journal.steps.findIndex((step) => find(step.event, (step.fields as { name?: string }).name))), { w: 390, h: 505 }, true)
  expect(drawn((event) => event === 'call.leave')).toContain('only open files')
  const faulting = drawn((event) => event === 'job.start')
  expect(faulting).toContain('GEM object')
  expect(faulting).not.toContain('no object is left')
})

describe.each(VARIANTS)('%s', (variant) => {
  test('arrows are the references of the world, both ways, after every event', () => {
    const { steps } = journals.get(variant)!
    const play = player(variant)
    for (const size of SIZES) for (const { seq } of steps) {
      const frame = play.at(seq)
      const { arrows, inside, unseen } = arrowsOf(frame, frame.after, layoutsOf(frame, floorsOf(size, false), false))
      const refs = [...frame.after.records.keys()].filter((id) => id.startsWith('ref:'))
      expect(unseen.map(({ id }) => id)).toEqual([])
      expect(new Set([...arrows.map(({ edge }) => edge.id), ...inside.map(({ id }) => id)])).toEqual(new Set(refs))
      // What is no arrow is held by the very thing that is drawn, and is not lost.
      for (const { from, to, lost } of inside) {
        expect(lost).toBe(false)
        expect([frame.places.homes.get(from) ?? from]).toEqual([frame.places.homes.get(to) ?? to])
      }
    }
  })

  test('the drawing shows these arrows and no other, and the call chain is the stack of the step', () => {
    const play = player(variant)
    const size = { w: 937, h: 1000 }
    let earlier = journals.get(variant)!.header.start - 1
    for (const seq of stopsIn(variant)) {
      const frame = play.at(seq, earlier)
      const text = upper(frame, size)
      const { arrows } = arrowsOf(frame, frame.after, layoutsOf(frame, floorsOf(size, false), false))
      expect(all(text, /data-ref="([^"]*)"/g).map(unescape)).toEqual(arrows.map(({ edge }) => edge.id as string))
      const { stack, actor } = frame.step!
      const kernel = stack.includes(BOUNDARY) ? stack.slice(stack.indexOf(BOUNDARY) + 1) : actor.startsWith('task:') ? [] : stack
      expect(all(text, /data-fn="([^"]*)"/g)).toEqual(kernel)
      earlier = seq
    }
  })

  test('an object keeps its place from one stop to the next, and on the way back', () => {
    const play = player(variant)
    const known = new Map<string, string>()
    const way = stopsIn(variant)
    let earlier = journals.get(variant)!.header.start - 1
    for (const seq of [...way, ...way.toReversed()]) {
      const text = upper(play.at(seq, Math.min(earlier, seq)), SIZES[1]!)
      for (const [, id, x, y] of text.matchAll(/data-id="((?:gem|dma_buf|attachment|resv|fence|fb|job|mailbox|vma|task):[^"]*)"[^>]*><title>[^<]*<\/title>(?:<rect|<path) (?:x="|d="M)([\d.]+)(?:" y="| )([\d.]+)/g)) {
        expect(known.get(id!) ?? `${x} ${y}`).toBe(`${x} ${y}`)
        known.set(id!, `${x} ${y}`)
      }
      earlier = seq
    }
    expect(known.size).toBeGreaterThan(7)
  })
})

test('no two objects of the kernel floor share a place, at any size', () => {
  for (const size of SIZES) {
    const floors = floorsOf(size, false)
    const frame = player('V5').at(journals.get('V5')!.steps.length - 1)
    const { kernel } = layoutsOf(frame, floors, false)
    const boxes = [...kernel.cards, ...kernel.tokens.flat(), kernel.chain]
    for (const [i, a] of boxes.entries()) {
      expect(a.x).toBeGreaterThanOrEqual(0)
      expect(a.x + a.w).toBeLessThanOrEqual(size.w)
      expect(a.y + a.h).toBeLessThanOrEqual(floors.hardware.band.y)
      for (const b of boxes.slice(i + 1)) expect(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y).toBe(true)
    }
  }
})

test('arrows do not run through the text of cards, tokens or chips', () => {
  for (const variant of VARIANTS) for (const size of SIZES) {
    const play = player(variant)
    for (const seq of stopsIn(variant)) {
      const frame = play.at(seq)
      const { user, kernel } = layoutsOf(frame, floorsOf(size, false), false)
      const boxes = [...kernel.cards, ...kernel.tokens.flat(), ...user.processes.flatMap((each) => each.chips.map((chip) => chip.box))]
      const { arrows } = arrowsOf(frame, frame.after, { user, kernel, compact: false })
      for (const { edge, points } of arrows) for (const [i, a] of points.slice(0, -1).entries()) {
        const b = points[i + 1]!
        const through = boxes.find(({ x, y, w, h }) => Math.max(a.x, b.x) > x + 1 && Math.min(a.x, b.x) < x + w - 1 && Math.max(a.y, b.y) > y + 1 && Math.min(a.y, b.y) < y + h - 1)
        expect(through && `${variant} ${seq} ${edge.id}`).toBe(undefined)
      }
    }
  }
})

/** How far two straight pieces run on top of each other. */
function shared(a: readonly [Point, Point], b: readonly [Point, Point]): number {
  for (const [k, l] of [['x', 'y'], ['y', 'x']] as const) {
    if (Math.abs(a[0][k] - a[1][k]) > 0.5 || Math.abs(b[0][k] - b[1][k]) > 0.5 || Math.abs(a[0][k] - b[0][k]) > 1.7) continue
    return Math.min(Math.max(a[0][l], a[1][l]), Math.max(b[0][l], b[1][l])) - Math.max(Math.min(a[0][l], a[1][l]), Math.min(b[0][l], b[1][l]))
  }
  return 0
}

test('no two arrows lie on each other', () => {
  for (const variant of VARIANTS) for (const size of SIZES) {
    const play = player(variant)
    for (const seq of stopsIn(variant)) {
      const frame = play.at(seq)
      const { arrows } = arrowsOf(frame, frame.after, layoutsOf(frame, floorsOf(size, false), false))
      const pieces = arrows.flatMap(({ edge, points }) => points.slice(1).map((point, i) => ({ id: edge.id, line: [points[i]!, point] as const })))
      for (const [i, a] of pieces.entries()) for (const b of pieces.slice(i + 1)) {
        if (a.id !== b.id && shared(a.line, b.line) > 6) expect.fail(`${variant} ${seq} at ${size.w}: ${a.id} on ${b.id}`)
      }
    }
  }
})

test('a small room keeps text readable and scrolls, a large one enlarges the drawing', () => {
  expect(fitOf({ w: 937, h: 722 }, false)).toEqual({ size: { w: 937, h: 722 }, compact: false, scale: 1 })
  expect(fitOf({ w: 493, h: 314 }, false)).toMatchObject({ compact: true, scale: 1, size: { w: 493, h: 408 } })
  // A phone on its side, and a low window: smaller by up to a sixth, and whole.
  for (const room of [{ w: 520, h: 350 }, { w: 634, h: 345 }]) {
    const { size, scale } = fitOf(room, false)
    expect(scale).toBeGreaterThanOrEqual(0.84)
    expect([size.w * scale, size.h * scale].map(Math.round)).toEqual([room.w, room.h])
  }
  const large = fitOf({ w: 2000, h: 1480 }, false)
  expect(large.scale).toBe(2)
  expect(large.size).toEqual({ w: 1000, h: 740 })
  expect(fitOf({ w: 390, h: 505 }, true)).toMatchObject({ compact: true, size: { w: 390, h: 505 } })
})

test('a chain that does not fit keeps its ends', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  expect(elide(names, 6).map(({ name }) => name)).toEqual(names)
  expect(elide(names, 4).map(({ name, left }) => name ?? left)).toEqual(['a', 3, 'e', 'f'])
  expect(elide(names, 1).map(({ name }) => name)).toEqual(['f'])
})

test('what a check said is whole, or its claim is; never a part of a sentence', () => {
  const seq = journals.get('V4')!.steps.find(({ event }) => event === 'mmap.refused.mode')!.seq
  for (const [size, compact] of [[{ w: 937, h: 728 }, false], [{ w: 634, h: 440 }, false], [{ w: 690, h: 400 }, false], [{ w: 390, h: 505 }, true], [{ w: 514, h: 408 }, true]] as const) {
    const note = /role="note".*?<\/g>/s.exec(upper(player('V4').at(seq), size, compact))![0]
    expect(note).not.toContain('…')
    expect(note.replace(/<[^>]*>/g, '')).toContain('writing')
  }
})

test('a column that is full shows the rest as one chip, and its arrows go there', () => {
  const buffers = Array.from({ length: 7 }, (_, i) => `  bo${i} = drmModeCreateDumbBuffer(card, 32, 32, 32)`).join('\n')
  const program = `process many A {\n  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)\n${buffers}\n}\n`
  const { journal } = runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', program })
  const places = placesOf([journal])
  const frame = new Player(journal, places).at(journal.steps.length - 1)
  for (const size of SIZES) {
    const { arrows, unseen } = arrowsOf(frame, frame.after, layoutsOf(frame, floorsOf(size, false), false))
    expect(unseen).toEqual([])
    expect(arrows.filter(({ edge }) => edge.slot.startsWith('handle '))).toHaveLength(7)
    // One card, two tokens beside the open file; the other four are the chip.
    expect(upper(frame, size)).toMatch(/aria-label="4 more: gem/)
    const [process] = layoutsOf(frame, floorsOf(size, false), false).user.processes
    for (const { box } of process!.chips) expect(box.x + box.w).toBeLessThanOrEqual(process!.strip.x)
  }
})

test('places are stable while runs stream in', () => {
  const [v4, v5] = [journals.get('V4')!, journals.get('V5')!]
  const whole = placesOf([v4, v5])
  for (const part of [100, 200, 300]) for (const some of [[{ ...v4, steps: v4.steps.slice(0, part) }], [v4, { ...v5, steps: v5.steps.slice(0, part) }]]) {
    const early = placesOf(some)
    for (const [id, place] of early.cells) expect(whole.cells.get(id)).toEqual(place)
    for (const [task, chips] of early.chips) expect(whole.chips.get(task)!.slice(0, chips.length).map(({ key }) => key)).toEqual(chips.map(({ key }) => key))
  }
})

test('a run has cards in the same columns beside another run as by itself, and no two in one', () => {
  const heap = runRecipe({ scenario: 'canonical', variant: 'V20', platform: 'rk3399' }).journal
  const born = new Set(heap.steps.flatMap(({ changes }) => changes.filter(({ field, to }) => field === null && to !== undefined).map(({ id }) => id)))
  const columnsOf = ({ cells }: Places): number[] => [...cells].flatMap(([id, place]) => (place.kind === 'card' && born.has(id) ? [place.column] : [])).toSorted()
  const alone = columnsOf(placesOf([heap]))
  expect(alone).toContain(1)
  expect(columnsOf(placesOf([journals.get('V4')!, heap]))).toEqual(alone)
  expect(new Set(alone).size).toBe(alone.length)
})

test('a chip counts what has no room on its own bench, whatever stands beside it', () => {
  const heap = runRecipe({ scenario: 'canonical', variant: 'V20', platform: 'rk3399' }).journal
  const chips = (places: Places): string[] => {
    const play = new Player(heap, places)
    return stopsOf(heap, 'step', stops).map((seq) => all(upper(play.at(seq), SIZES[0]!), /aria-label="(\d+ more: [^"]*)"/g).join())
  }
  const beside = chips(placesOf([journals.get('V4')!, heap]))
  expect(beside).toEqual(chips(placesOf([heap])))
  expect(beside.filter((text) => text.startsWith('1 more'))).toEqual([])
})

test('the same frame is the same picture, and its end does not depend on the way there', () => {
  const seq = stopsIn('V5')[30]!
  const first = markup(player('V5').at(seq), SIZES[0]!)
  const play = player('V5')
  play.at(journals.get('V5')!.steps.length - 1)
  expect(markup(play.at(seq), SIZES[0]!)).toBe(first)
})

test('the first divergence is told where it happens', () => {
  const { steps } = journals.get('V4')!
  const refused = steps.find((step) => (step.event as string) === 'mmap.refused.mode')!
  const text = unescape(markup(player('V4').at(refused.seq), SIZES[0]!))
  expect(text).toContain('↑ -EACCES')
  expect(text).toMatch(/needs a file open for writing|needs|open for writing/)
  expect(text).toContain('aria-label="dma_buf, f_mode READ, f_count 6, 4 KiB"')
  expect(text).toMatch(/descriptor 5: dma-buf, O_RDONLY/)
  const there = journals.get('V5')!.steps.find((step) => (step.event as string) === 'mmap.owner' && step.call === refused.call)!
  const other = unescape(markup(player('V5').at(there.seq), SIZES[0]!))
  expect(other).toContain('mmap ↓')
  expect(other).toContain('f_mode READ|WRITE, f_count 7')
})

test('a page fault crosses the boundary, and its handler runs below it', () => {
  const { steps } = journals.get('V5')!
  const fault = steps.find((step) => (step.event as string) === 'fault.enter')!
  const text = unescape(upper(player('V5').at(fault.seq), SIZES[0]!))
  expect(all(text, /data-fn="([^"]*)"/g)[0]).toBe('handle_mm_fault')
  expect(text).toContain('page fault ↓')
  expect(text).not.toMatch(/→ handle_mm_fault/)
})

test('the reference that V6 loses is an arrow of its own, and is counted', () => {
  const { steps } = journals.get('V6')!
  const lost = steps.find((step) => step.event === 'ref.lost')!
  const frame = player('V6').at(lost.seq)
  const { arrows } = arrowsOf(frame, frame.after, layoutsOf(frame, floorsOf(SIZES[0]!, false), false))
  expect(arrows.filter(({ edge }) => edge.lost).map(({ edge }) => edge.to)).toEqual(['gem:B.3'])
  expect(markup(frame, SIZES[0]!)).toContain('1 lost')
})

test('on a phone: one process, the dma_buf and the object, and only their arrows', () => {
  const size = { w: 390, h: 541 }
  const play = player('V4')
  for (const seq of stopsIn('V4')) {
    const text = upper(play.at(seq), size, true)
    expect(all(text, /aria-label="(process )/g)).toHaveLength(1)
    for (const ref of all(text, /data-ref="([^"]*)"/g)) expect(unescape(ref)).toMatch(/^ref:(task:|drm_file:|gem:|dma_buf:|vma:)/)
  }
})

test('no text is smaller than 11 pixels', () => {
  const play = player('V5')
  for (const size of [...SIZES, { w: 1880, h: 728 }]) for (const seq of stopsIn('V5').filter((_, i) => i % 6 === 3)) {
    for (const found of all(markup(play.at(seq), size), /font-size="([\d.]+)"/g)) expect(Number(found)).toBeGreaterThanOrEqual(11)
  }
})
