/** Contrast of the themes, worked out from their colours: words and marks on every ground, the stricter ones of a slide, and a wall with light on it. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { THEME_NAMES, tokensOf, type ThemeName, type Tokens } from '../take/tokens.ts'

const part = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
/** Relative luminance of `#rrggbb`, as WCAG 2 has it. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => part(parseInt(colour.slice(at, at + 2), 16) / 255)) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
/** `room`: light of the room on the wall, in parts of the projector's white. */
function contrast(a: string, b: string, room = 0): number {
  const [low, high] = [luminance(a), luminance(b)].map((each) => (each + room) / (1 + room)).sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const HUES = ['exporter', 'importer', 'kernel', 'gpu', 'display', 'ok', 'bad', 'warn']
const FLOORS = ['bg', 'panel', 'floor-user', 'floor-kernel', 'floor-hardware']
const GROUNDS = HUES.map((hue) => `${hue}-ground`)

/** What slide.css sets anew for a theme. */
function slideTokens(theme: ThemeName): Tokens {
  const css = readFileSync(new URL('../pages/talk/slide.css', import.meta.url), 'utf8')
  const rule = new RegExp(`:root\\[data-theme='${theme}'\\] \\.slide \\{([^}]*)\\}`).exec(css)?.[1] ?? ''
  return { ...tokensOf(theme), ...Object.fromEntries([...rule.matchAll(/--([\w-]+):\s*(#\w+)/g)].map((found) => [found[1]!, found[2]!])) }
}

function weakest(tokens: Tokens, pairs: readonly (readonly [string, string])[], room = 0): string {
  const all = pairs.map(([a, b]) => ({ pair: `${a} on ${b}`, ratio: contrast(tokens[a]!, tokens[b]!, room) })).sort((a, b) => a.ratio - b.ratio)
  return `${all[0]!.ratio.toFixed(2)} ${all[0]!.pair}`
}
const cross = (of: readonly string[], on: readonly string[]): (readonly [string, string])[] => of.flatMap((a) => on.map((b) => [a, b] as const))

test('black on white is 21, and light of the room takes most of it', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21)
  expect(contrast('#ffffff', '#000000', 0.2)).toBeCloseTo(4.85, 2)
})

describe.each(THEME_NAMES)('%s', (theme) => {
  const tokens = tokensOf(theme)
  test('words meet AA', () => expect(parseFloat(weakest(tokens, [...cross(['ink', 'dim'], FLOORS), ...cross(HUES, ['panel']), ...HUES.map((hue) => [hue, `${hue}-ground`] as const), ['on-ink', 'ink'], ['on-bad', 'bad']]))).toBeGreaterThanOrEqual(4.5))
  test('marks and edges meet 3', () => expect(parseFloat(weakest(tokens, cross([...HUES, 'edge'], FLOORS)))).toBeGreaterThanOrEqual(3))
  test('on a slide words meet AAA', () => {
    const slide = slideTokens(theme)
    const found = weakest(slide, [...cross(['ink', 'dim'], [...FLOORS, ...GROUNDS]), ...HUES.slice(0, 5).map((hue) => ['on-ink', hue] as const), ['on-ink', 'ink'], ['on-bad', 'bad'], ['dirty-ink', 'dirty']])
    expect(parseFloat(found), found).toBeGreaterThanOrEqual(theme === 'projector' ? 6 : 7)
  })
})

describe('a wall on which a fifth of the white lies everywhere', () => {
  const tokens = tokensOf('projector')
  const WALL = 0.2
  test('words can still be read, all but at the limit of what the wall can show', () => {
    const found = weakest(tokens, [...cross(['ink', 'dim', ...HUES], [...FLOORS, ...GROUNDS]), ['on-ink', 'ink'], ['on-bad', 'bad']], WALL)
    expect(parseFloat(found), found).toBeGreaterThanOrEqual(4)
  })
  test('edges and marks are seen', () => expect(parseFloat(weakest(tokens, cross(['edge', 'line', ...HUES], FLOORS), WALL))).toBeGreaterThanOrEqual(3))
  test('no ground and no light hue says anything', () => {
    for (const ground of [...FLOORS, ...GROUNDS]) expect(luminance(tokens[ground]!), ground).toBe(1)
    for (const hue of HUES) expect(luminance(tokens[hue]!), hue).toBeLessThan(0.06)
  })
  test('the other light themes would not do', () => {
    for (const theme of ['light', 'night'] as const) expect(parseFloat(weakest(tokensOf(theme), cross(['dim', ...HUES], FLOORS), WALL))).toBeLessThan(4)
  })
})
