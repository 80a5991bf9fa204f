/** Every form of a moment: the same bytes twice, and what each promises of its own. Text forms lie in `kept/` to be read. */
import { describe, expect, test } from 'vitest'
import { align } from '../journal/align.ts'
import { divergences } from '../journal/divergence.ts'
import { wordsOf } from '../journal/sides-of-many.ts'
import type { Recipe } from '../journal/run.ts'
import { catalog } from '../worker/catalog.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { fetchLater } from '../stage/shelf.ts'
import { ascii, COLUMNS, wrap } from './ascii.ts'
import { make, TooMuch, type Form } from './form.ts'
import { quote } from './forms/dot.ts'
import { linkWithin } from './link.ts'
import { graphOf } from './references.ts'
import { elements } from './figure.tsx'
import { forms } from './shelf.ts'
import { takingOf, tell, type Taking } from './taking.ts'

const known = catalog()
await fetchLater()

/** `at`: a step number, or the first row with such an event. */
function taking(variants: readonly string[], at: number | string, more: Partial<Recipe> & Partial<Pick<Taking, 'theme' | 'focus' | 'from' | 'to'>> = {}): Taking {
  const { theme = 'light', focus = null, from, to, ...rest } = more
  const benches = variants.map((variant) => {
    const recipe: Recipe = { scenario: 'canonical', variant, platform: 'rk3399', ...rest }
    const { journal, verdict, findings } = runRecipe(recipe)
    return { recipe, problem: null, busy: false, run: { recipe, journal: { ...journal, steps: [...journal.steps] }, done: true, verdict, findings: findings ?? [], problems: [], bites: [] } }
  })
  const journals = benches.map(({ run }) => run.journal)
  const rows = align(journals, 'step', known.stops)
  const step = typeof at === 'number' ? at : rows.findIndex(({ seqs }) => seqs.some((seq, i) => seq !== null && (journals[i]!.steps[seq]!.event as string) === at)) + 1
  return takingOf({ benches, rows, marks: divergences(rows, journals, variants.length > 2 ? wordsOf(variants) : undefined), at: step, focus }, {
    catalog: known, theme, link: `https://example.org/#scenario=canonical&variants=${variants.join(',')}&step=${step}`, from: from ?? 1, to: to ?? rows.length,
  })
}

const formOf = (id: string): Form => forms.find((form) => form.id === id)!
const text = (id: string, from: Taking): string => formOf(id).make(from) as string
const MOMENTS = [
  ['refused', ['V4', 'V5'], 'mmap.refused.mode', {}], ['start', ['V4', 'V5'], 0, {}], ['stale', ['V5'], 60, { exporter: 'E2' }], ['lost', ['V6'], 'ref.lost', {}], ['alone', ['V1', 'V9'], 30, { focus: 1 }],
  ['four', ['V4', 'V5', 'V7', 'V9'], 'mmap.refused.mode', {}],
] as const

describe.each(MOMENTS)('%s', (name, variants, at, more) => {
  const moment = taking(variants, at, { ...more, from: 30, to: 36 })
  test.each(['diagram', 'markdown', 'dot'])('%s', async (id) => {
    await expect(text(id, moment)).toMatchFileSnapshot(`./kept/${name}.${id}.txt`)
  })

  test('the same runs made again, and the same after another step, give the same bytes', () => {
    const again = taking(variants, at, { ...more, from: 30, to: 36 })
    tell(again, again.rows.length)
    tell(again, 3)
    for (const id of ['diagram', 'markdown', 'dot', 'svg', 'animated', 'pages']) expect(text(id, again) === text(id, moment), id).toBe(true)
  })

  test('the diagram is ASCII and no line is longer than 80', () => {
    for (const line of text('diagram', moment).split('\n')) expect(line).toMatch(/^[\x20-\x7e]{0,80}$/)
  })

  test('what is claimed can be tried: kernel, machine and link stand in it, and counters have the kernel’s names', () => {
    for (const id of ['diagram', 'dot', 'svg']) {
      const said = text(id, moment).replace(/<[^>]*>/g, ' ').replace(/&amp;/g, '&').replace(/\s+/g, ' ')
      expect(said, id).toMatch(/Linux \d\.\d+/)
      expect(said, id).toContain('RK3399')
      expect(said, id).toContain(`variants=${variants.join(',')}&step=${moment.at}`)
      expect(said, id).not.toMatch(/fCount|handleCount|pagesUse|pagesPin/)
    }
    expect(text('markdown', moment)).toMatch(/\| kernel \| Linux \d/)
  })

  test('every reference is in the graph and in the tree, and the graph can be read', () => {
    const dot = text('dot', moment)
    const tree = text('diagram', moment)
    // What is not in quotes is a word, a number or a sign of the language.
    expect(dot.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/->|[\s\w{}[\]=;,.]/g, '')).toBe('')
    for (const sign of ['{}', '[]']) expect(dot.replace(/"(?:[^"\\]|\\.)*"/g, '').split(sign[0]!).length).toBe(dot.replace(/"(?:[^"\\]|\\.)*"/g, '').split(sign[1]!).length)
    let branches = 0
    for (const { bench, shown } of tell(moment).benches) {
      const { edges } = graphOf(shown)
      const refs = [...shown.after.records.keys()].filter((id) => id.startsWith('ref:'))
      expect(edges.map(({ id }) => id).sort()).toEqual(refs.sort())
      for (const { from, to } of edges) expect(dot).toContain(`${quote(`${bench}/${from}`)} -> ${quote(`${bench}/${to}`)}`)
      branches += edges.length
    }
    expect(tree.match(/^[ |]*(?:\|-|`-) /gm)?.length ?? 0).toBe(branches)
  })

  test('the drawing is one tree of elements, with every token written out and nothing to fetch or run', () => {
    const svg = text('svg', moment)
    expect(elements(svg.trim())).toHaveLength(1)
    expect(svg).not.toMatch(/var\(|currentColor|<script|<foreignObject| on\w+="|tabindex|role="button"/)
    const links = [...svg.matchAll(/(?:href="|url\()([^")]{1,40})/g)].map((found) => found[1]!)
    expect(links.length).toBeGreaterThan(1)
    for (const link of links) expect(link).toMatch(/^(#|data:(image\/png|font\/woff2);base64,)/)
    const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map((found) => found[1]!)
    expect(new Set(ids).size).toBe(ids.length)
    for (const link of links) if (link.startsWith('#')) expect(ids).toContain(link.slice(1))
  })
})

test('three benches stand in a row, four in a square, each drawn where its title is', () => {
  const boxOf = (variants: readonly string[]): number[] => /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(text('svg', taking(variants, 30)))!.slice(1).map(Number)
  const [two, three, four] = [['V4', 'V5'], ['V4', 'V5', 'V7'], ['V4', 'V5', 'V7', 'V9']].map(boxOf) as [number[], number[], number[]]
  expect(three[0]! - two[0]!).toBe(1016)
  expect(three[1]).toBe(two[1])
  expect(four[0]).toBe(two[0])
  expect(four[1]).toBeGreaterThan(1.8 * two[1]!)
})

test('pages are one for each step, and their ids do not meet', () => {
  const html = text('pages', taking(['V4', 'V5'], 3, { from: 35, to: 38 }))
  expect([...html.matchAll(/<section aria-label="Step (\d+)">/g)].map((found) => found[1])).toEqual(['35', '36', '37', '38'])
  for (const at of [35, 36, 37, 38]) expect(html).toContain(`step ${at} of 70`)
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map((found) => found[1]!)
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set([...html.matchAll(/viewBox="([^"]*)" role="img"/g)].map((found) => found[1])).size).toBe(1)
})

describe('the picture that plays', () => {
  const range = taking(['V4', 'V5'], 3, { from: 34, to: 39 })
  const svg = text('animated', range)

  test('shows at each step what the drawing of that step shows, and nothing else', () => {
    const rules = new Map([...svg.matchAll(/@keyframes (\w+)\{((?:[\d.]+%\{visibility:\w+\})+)\}/g)].map((found) => [found[1]!, [...found[2]!.matchAll(/([\d.]+)%\{visibility:(\w+)\}/g)].map(([, at, how]) => ({ at: Number(at), how }))]))
    const body = elements(svg.trim().replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '')).slice(4).map((each) => each.trim())
    for (let i = 0; i < 6; i++) {
      const there = body.flatMap((each) => {
        const name = /^<g class="part (\w+)"/.exec(each)?.[1]
        if (name === undefined) return [each]
        const how = rules.get(name)!.findLast(({ at }) => at <= (100 * i) / 6 + 0.001)!.how
        return how === 'visible' ? [each.replace(/^<g class="part[^>]*>/, '').replace(/<\/g>$/, '')] : []
      })
      const single = text('svg', { ...range, at: 34 + i })
      // Stages, without the room for captions that a series keeps.
      const stages = (parts: readonly string[]): string[] => parts.filter((each) => each.startsWith('<g transform='))
      expect(stages(there).length).toBeGreaterThan(20)
      expect(stages(there)).toEqual(stages(elements(single.trim().replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '')).slice(4).map((each) => each.trim())))
      expect(there.join('')).toContain(`step ${34 + i} of 70`)
    }
  })

  test('holds what does not change once, stands where nothing may move, and begins at its first step', () => {
    expect(svg.match(/USER SPACE/g)).toHaveLength(2)
    expect(svg).toContain('@media (prefers-reduced-motion:reduce){.part{animation:none}}')
    expect(svg).toMatch(/visibility="visible"><text[^>]*>step 34 of 70/)
    expect(svg).not.toMatch(/var\(/)
  })

  test('a range that is too long is refused, with how much has room', async () => {
    await expect(make(formOf('animated'), taking(['V5'], 3, { from: 1, to: 200 }))).rejects.toThrow('at most 80 steps; these are 200')
  })
})

test('the night drawing has the colours of the night', () => {
  const night = text('svg', taking(['V5'], 20, { theme: 'night' }))
  expect(night).toContain('fill="#0f131c"')
  expect(text('svg', taking(['V5'], 20))).toContain('fill="#f7f6f2"')
})

test('a lost reference is told as lost', () => {
  const moment = taking(['V6'], 'ref.lost')
  expect(text('diagram', moment)).toMatch(/ LOST$/m)
  expect(text('dot', moment)).toMatch(/style=dashed/)
})

test('text that is not made for mail comes out as ASCII, unbroken words included', () => {
  expect(ascii('↑ “3” → ✓ ☃')).toBe('^ "3" -> [ok] ?')
  const lines = wrap(`  ${'a '.repeat(60)}${'b'.repeat(200)} c`, COLUMNS, '    ')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(COLUMNS)
  expect(lines.join(' ').replace(/ /g, '')).toBe(`${'a'.repeat(60)}${'b'.repeat(200)}c`)
  expect(quote('a "b" \\ c\nd')).toBe('"a \\"b\\" \\\\ c\\nd"')
})

test('a link that is too long for its line loses what every page assumes, then the version of the model, and is never broken', () => {
  const link = 'https://bufscope.example.org/#scenario=canonical&variants=V4,V5&platform=rk3399&step=37&model=1'
  expect(linkWithin(link, 200)).toBe(link)
  expect(linkWithin(link, 80)).toBe('https://bufscope.example.org/#scenario=canonical&variants=V4,V5&step=37&model=1')
  expect(linkWithin(link, 62)).toBe('https://bufscope.example.org/#variants=V4,V5&step=37&model=1')
  expect(linkWithin(link, 60)).toBe('https://bufscope.example.org/#variants=V4,V5&step=37&model=1')
  expect(linkWithin(link, 55)).toBe('https://bufscope.example.org/#variants=V4,V5&step=37')
  expect(linkWithin(link, 40)).toBe(link)
  const other = link.replace('rk3399', 'juno')
  expect(linkWithin(other, 80)).toContain('platform=juno')
})

test('a range that is upside down is refused, with what to do', async () => {
  await expect(make(formOf('markdown'), taking(['V5'], 3, { from: 9, to: 4 }))).rejects.toThrow(TooMuch)
  await expect(make(formOf('markdown'), taking(['V5'], 3, { from: 9, to: 4 }))).rejects.toThrow('Choose a first step')
})

test('forms have names of their own and say what they are for', () => {
  expect(new Set(forms.map(({ id }) => id)).size).toBe(forms.length)
  for (const form of forms) expect(form.why).toMatch(/\.$/)
  expect(new Set(forms.map((form) => form.file(taking(['V4', 'V5'], 3)))).size).toBe(forms.length)
})
