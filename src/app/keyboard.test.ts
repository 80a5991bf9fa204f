import { expect, test } from 'vitest'
import { ALL, CAMERA } from './all-keys.ts'
import { LOOKS } from './keyboard.ts'

const keys = ALL.flatMap((binding) => binding.keys)

test('a key does one thing', () => expect(new Set(keys).size).toBe(keys.length))

test('the camera has all its keys, each with words', () => {
  expect(CAMERA.flatMap((binding) => binding.keys)).toEqual(LOOKS.keys)
  expect(CAMERA.every(({ does, shows }) => does !== '' && shows !== '')).toBe(true)
})

test('keys of the browser are never taken', () => {
  for (const key of ['F5', 'F11', 'F12', 'Tab', 'Ctrl+r', 'Ctrl+l', 'Ctrl+t', 'Ctrl+w', 'Ctrl+f', 'Ctrl+p', 'Ctrl+s', 'Alt+ArrowLeft', 'Alt+ArrowRight']) expect(keys).not.toContain(key)
})

test('slide clickers, players and debuggers find their keys', () => {
  const does = (key: string): string | undefined => ALL.find((binding) => binding.keys.includes(key))?.does
  expect(['ArrowRight', 'PageDown', 'n'].map(does)).toEqual(Array(3).fill('next step'))
  expect(['ArrowLeft', 'PageUp', 'p', 'Shift+Space'].map(does)).toEqual(Array(4).fill('step back'))
  expect(does('Space')).toBe('play or pause')
  expect(does('x')).toMatch(/^next difference/)
  expect(does('?')).toBe('all keys')
})

test('a clicker reaches talk mode: its dark button leads there', () => {
  for (const key of ['b', 'B']) expect(ALL.find((binding) => binding.keys.includes(key))?.does).toBe('talk mode')
})
