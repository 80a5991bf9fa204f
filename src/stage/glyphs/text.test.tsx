import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { clipMono, clipWords, Label, monoWidth, Mono, wordsWidth, wrapWords } from './text.tsx'

test('an identifier is cut where its width ends, and says so', () => {
  expect(clipMono('dma_buf_mmap_internal', 600, 12)).toBe('dma_buf_mmap_internal')
  const cut = clipMono('dma_buf_mmap_internal', 80, 12)
  expect(cut).toMatch(/^dma_buf_.*…$/)
  expect(monoWidth(cut, 12)).toBeLessThanOrEqual(80)
  expect(clipMono('dma_buf', 5, 12)).toBe('')
})

test('words are cut and broken within their width', () => {
  const sentence = 'a shared and writable area needs a file that is open for writing'
  expect(wordsWidth(clipWords(sentence, 120, 13), 13)).toBeLessThanOrEqual(120)
  const lines = wrapWords(sentence, 160, 13, 9)
  expect(lines.join(' ')).toBe(sentence)
  for (const line of lines) expect(wordsWidth(line, 13)).toBeLessThanOrEqual(160)
  expect(wrapWords(sentence, 160, 13, 2)).toHaveLength(2)
  expect(wrapWords(sentence, 160, 13, 2)[1]).toMatch(/…$/)
})

test('text keeps its spaces and takes its colour from the theme', () => {
  expect(renderToStaticMarkup(<Mono x={1} y={2}>a  b</Mono>)).toMatch(/xml:space="preserve".*a {2}b/)
  expect(renderToStaticMarkup(<Label x={1} y={2}>KERNEL</Label>)).toContain('var(--dim)')
})
