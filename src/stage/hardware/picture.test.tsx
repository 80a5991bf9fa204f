/** Rows of pixels as paths: what is drawn is what was there, and nothing where nothing was. */
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PixelRows } from './picture.tsx'

test('one path for each colour, a piece for each run of it, and a hole stays one', () => {
  const [red, blue, none] = [[255, 0, 0, 255], [0, 0, 16, 255], [0, 0, 0, 0]]
  const row = (...pixels: number[][]) => ({ width: pixels.length, height: 1, rgba: Uint8Array.from(pixels.flat()) })
  const markup = renderToStaticMarkup(<PixelRows rows={[
    { pixels: row(red!, red!, none!, blue!), box: { x: 10, y: 5, w: 8, h: 3 } },
    { pixels: row(blue!, red!), box: { x: 0, y: 20, w: 8, h: 2 } },
  ]} />)
  expect([...markup.matchAll(/d="([^"]*)" fill="([^"]*)"/g)].map(([, d, fill]) => [fill, d])).toEqual([
    ['#ff0000', 'M10 5h4v3h-4zM4 20h4v2h-4z'],
    ['#000010', 'M16 5h2v3h-2zM0 20h4v2h-4z'],
  ])
})
