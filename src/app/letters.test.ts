import { afterEach, expect, test, vi } from 'vitest'
import { bindingFor } from './keyboard.ts'
import { recallLetters, setLetters } from './letters.ts'
import { state } from './store.ts'

const pressed = (key: string, ctrlKey = false): string | undefined => bindingFor({ key, ctrlKey, metaKey: false, altKey: false, shiftKey: false, defaultPrevented: false, isComposing: false, target: null } as unknown as KeyboardEvent)?.does

vi.stubGlobal('Element', class {})
const kept = new Map<string, string>()
vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, to: string) => void kept.set(key, to), removeItem: (key: string) => void kept.delete(key) })
afterEach(() => setLetters(true))

test('switched off, no key that writes a character acts, and all others do', () => {
  setLetters(false)
  for (const key of ['n', 'X', '.', '+', '1', '?', '/', '<']) expect(pressed(key), key).toBeUndefined()
  for (const key of ['ArrowRight', 'PageUp', 'Home', 'Escape', ' ']) expect(pressed(key), key).toBeDefined()
  expect(pressed('k', true)).toBe('all commands')
  setLetters(true)
  expect(pressed('n')).toBe('next step')
})

test('the browser remembers it, and what was never set is on', () => {
  recallLetters()
  expect(state().letters).toBe(true)
  setLetters(false)
  setLetters(true)
  expect(kept.size).toBe(0)
  kept.set('bufscope.letters', 'off')
  recallLetters()
  expect(state().letters).toBe(false)
})
