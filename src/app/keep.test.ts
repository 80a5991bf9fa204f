/** What a browser keeps, and what is told when it refuses. */
import { afterEach, expect, test, vi } from 'vitest'
import { keep, kept } from './keep.ts'

afterEach(() => vi.unstubAllGlobals())

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const all = new Map<string, string>()
  return { getItem: (name) => all.get(name) ?? null, setItem: (name, text) => void all.set(name, text), removeItem: (name) => void all.delete(name) }
}

test('what is kept for a tab is not kept for the browser; null takes it away', () => {
  vi.stubGlobal('localStorage', storage())
  vi.stubGlobal('sessionStorage', storage())
  expect(keep('name', 'of all')).toBe(true)
  expect(keep('name', 'of the tab', true)).toBe(true)
  expect([kept('name'), kept('name', true)]).toEqual(['of all', 'of the tab'])
  keep('name', null, true)
  expect([kept('name'), kept('name', true)]).toEqual(['of all', null])
})

test('a browser that refuses is told apart from one that keeps nothing', () => {
  vi.stubGlobal('localStorage', storage())
  expect(kept('name')).toBeNull()
  const refuses = (): never => { throw new DOMException('refused') }
  vi.stubGlobal('localStorage', { getItem: refuses, setItem: refuses, removeItem: refuses })
  expect([kept('name'), keep('name', 'text'), keep('name', null)]).toEqual([undefined, false, false])
  vi.stubGlobal('localStorage', undefined)
  expect([kept('name'), keep('name', 'text')]).toEqual([undefined, false])
})
