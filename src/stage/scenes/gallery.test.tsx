/** Pictures of user space and the kernel at moments that matter, as files to look at. `npx vitest run src/stage/scenes -u` draws them again: look before you keep them. */
import { readFileSync } from 'node:fs'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Seeker } from '../../journal/seek.ts'
import type { Step } from '../../journal/step.ts'
import { TruthSeeker } from '../../journal/truth.ts'
import { says } from '../../worker/says.ts'
import { runRecipe } from '../../worker/run-recipe.ts'
import { floorsOf, type Size } from '../floors.ts'
import { Patterns } from '../glyphs/patterns.tsx'
import { pastOf } from '../past.ts'
import { placesOf } from '../places.ts'
import { fetchLater, scenes } from '../shelf.ts'

await fetchLater()

const TWO: Size = { w: 937, h: 722 }
const SMALL: Size = { w: 617, h: 420 }
const PHONE: Size = { w: 390, h: 505 }
/** Colours of the light theme, so that a file can be opened by itself. */
const tokens = /:root \{[^}]*\}/.exec(readFileSync(new URL('../../app/theme.css', import.meta.url), 'utf8'))![0]

const journals = new Map(['V4', 'V5', 'V6'].map((variant) => [variant, runRecipe({ scenario: 'canonical', variant, platform: 'rk3399' }).journal]))
const places = placesOf([...journals.values()])

function picture(variant: string, is: (step: Step) => boolean, size: Size, { compact = false, t = 1 } = {}): string {
  const journal = journals.get(variant)!
  const step = journal.steps.find(is)!
  const frame = {
    header: journal.header, before: new Seeker(journal).at(step.seq - 1), after: new Seeker(journal).at(step.seq), step, t, places, truth: new TruthSeeker(journal).at(step.seq),
    past: pastOf(journal, step, says), says, differs: new Set(['dma_buf:A.11', 'file:A.11']), selected: null,
  }
  const floors = floorsOf(size, compact)
  const h = floors.hardware.band.y
  const svg = renderToStaticMarkup(
    <svg xmlns="http://www.w3.org/2000/svg" viewBox={`0 0 ${size.w} ${h}`} width={size.w} height={h}>
      <style>{`${tokens} .halo { fill: none }`}</style>
      <Patterns />
      {(['user', 'kernel'] as const).map((floor) => <rect key={floor} {...{ x: 0, y: floors[floor].band.y, width: size.w, height: floors[floor].band.h }} fill={`var(--floor-${floor})`} />)}
      {[...scenes.user, ...scenes.kernel].map(({ id, floor, draw }) => <g key={id} data-scene={id}>{draw({ frame, box: floors[floor].box, floors, compact })}</g>)}
    </svg>,
  )
  return `${svg.replace(/(<(?:g|rect|text|path|style)[ >])/g, '\n$1')}\n`
}

const event = (name: string, call = 'B.5') => (step: Step): boolean => (step.event as string) === name && step.call === call

test.each([
  ['refused', picture('V4', event('mmap.refused.mode'), TWO)],
  ['mapped', picture('V5', event('mmap.owner'), TWO)],
  ['mapped-half-way', picture('V5', event('ref.take'), TWO, { t: 0.5 })],
  ['lost', picture('V6', event('ref.lost', 'B.3'), SMALL)],
  ['refused-phone', picture('V4', event('mmap.refused.mode'), PHONE, { compact: true })],
])('%s', async (name, svg) => {
  await expect(svg).toMatchFileSnapshot(`./gallery/bench-${name}.svg`)
})
