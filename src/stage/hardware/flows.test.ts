import { expect, test } from 'vitest'
import { clean, drain, drawCached, drawCombined, EVICTED, evict, frameOf, made, read, together } from './made.ts'
import { viewOf } from './view.ts'
import type { Frame } from '../frame.ts'

const said = (frame: Frame): string[] => viewOf(frame)!.flows.map(({ kind, from, to, lines }) => `${kind} ${from}>${to} ${lines.length}`)

test('each movement is read off the copies before and after', () => {
  const cached = made(together(drawCached, evict, read))
  expect(said(frameOf(cached, 3))).toEqual(['fill dram>cpu 64'])
  expect(said(frameOf(cached, 4))).toEqual(['store core>cpu 64'])
  expect(said(frameOf(cached, 5))).toEqual([`clean cpu>dram ${EVICTED.length}`, `drop cpu>cpu ${EVICTED.length}`])
  expect(said(frameOf(cached, 6))).toEqual(['fill dram>gpu 64'])
  expect(said(frameOf(cached, 7))).toEqual(['scan dram>display 64'])
  expect(said(frameOf(made(together(drawCached, evict, clean)), 6))).toEqual([`clean cpu>dram ${64 - EVICTED.length}`])
})

test('a write-combined store waits, and drains to memory', () => {
  const journal = made(together(drawCombined, drain))
  expect(said(frameOf(journal, 3))).toEqual(['store core>wc 4', 'drain wc>dram 60'])
  expect(said(frameOf(journal, 4))).toEqual(['drain wc>dram 4'])
})

test('a step that moves nothing shows nothing moving', () => {
  expect(said(frameOf(made(() => undefined), 1, { before: frameOf(made(() => undefined), 1).after }))).toEqual([])
})

test('a jump over several steps shows what came of them', () => {
  const journal = made(together(drawCached, evict))
  const { before } = frameOf(journal, 2)
  const { after, truth } = frameOf(journal, 5)
  // Lines that came and went leave only their bytes in memory.
  expect(said(frameOf(journal, 5, { before, after, truth }))).toEqual([`store core>dram ${EVICTED.length}`, `store core>cpu ${64 - EVICTED.length}`])
})

test('where devices look into the CPU\'s cache, what they read comes from there', () => {
  const journal = made(together(drawCached, evict, read))
  const coherent = (seq: number): Frame => {
    const frame = frameOf(journal, seq)
    return { ...frame, header: { ...frame.header, hardware: { ...frame.header.hardware, cls: 'FC', displayCls: 'FC' } } }
  }
  const held = 64 - EVICTED.length
  expect(said(coherent(6)).sort()).toEqual([`fill cpu>gpu ${held}`, `fill dram>gpu ${EVICTED.length}`])
  expect(said(coherent(7)).sort()).toEqual([`scan cpu>display ${held}`, `scan dram>display ${EVICTED.length}`])
})
