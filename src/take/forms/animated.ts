/**
 * A range of steps as one SVG that plays by itself, by CSS alone. What is the same in several steps is in the file once. Where the reader
 * wants no motion, or the viewer plays none, the first step stands; the pointer on it holds it still.
 */
import { figure, mostLines, placesIn, type Figure } from '../figure.tsx'
import { form } from '../form.ts'
import { svgOf } from '../svg.ts'
import { nameOfRange, steps, titleOfRange } from '../taking.ts'

/** Long enough for two captions. */
const STEP_SECONDS = 3

/** Steps (from 0) in which a layer's markup is seen, by markup, in order of first appearance. */
function seen(figures: readonly Figure[], layer: number): Map<string, number[]> {
  const found = new Map<string, number[]>()
  figures.forEach(({ parts }, i) => {
    const markup = parts[layer]!
    if (markup !== '') found.set(markup, [...(found.get(markup) ?? []), i])
  })
  return found
}

/** Keyframes that show something in these of so many steps. */
function keyframes(name: string, shown: readonly number[], count: number): string {
  const is = (i: number): boolean => shown.includes(i)
  const turns = Array.from({ length: count }, (_, i) => i).filter((i) => i === 0 || is(i) !== is(i - 1))
  return `@keyframes ${name}{${turns.map((i) => `${Number(((100 * i) / count).toFixed(4))}%{visibility:${is(i) ? 'visible' : 'hidden'}}`).join('')}}`
}

export default form({
  id: 'animated', order: 20, of: 'range', type: 'image/svg+xml', most: 80,
  title: 'Picture that plays (SVG)',
  why: 'The steps one after the other, for a page or a slide. It plays without any script; the pointer on it holds it.',
  file: (taking) => `${nameOfRange(taking)}-playing.svg`,
  make(taking) {
    const all = steps(taking)
    const series = { places: placesIn(taking), captionLines: mostLines(taking, all) }
    const figures = all.map((at) => figure(taking, at, series))
    const first = figures[0]!
    if (figures.some(({ parts }) => parts.length !== first.parts.length)) throw new Error('The steps are not drawn in the same layers')
    const names = new Map<string, string>()
    const rules: string[] = []
    const parts = first.parts.flatMap((_, layer) => [...seen(figures, layer)].map(([markup, shown]) => {
      if (shown.length === figures.length) return markup
      const key = shown.join()
      const name = names.get(key) ?? `p${names.size}`
      if (!names.has(key)) rules.push(keyframes(name, shown, figures.length), `.${name}{animation-name:${name}}`)
      names.set(key, name)
      return `<g class="part ${name}" visibility="${shown[0] === 0 ? 'visible' : 'hidden'}">${markup}</g>`
    }))
    const css = [
      `.part{animation:${figures.length * STEP_SECONDS}s step-end infinite}`, ...rules,
      'svg:hover .part{animation-play-state:paused}', '@media (prefers-reduced-motion:reduce){.part{animation:none}}',
    ].join('\n')
    return svgOf({ ...first, parts, title: titleOfRange(taking) }, { ...taking, css })
  },
})
