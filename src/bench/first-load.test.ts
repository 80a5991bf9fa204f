/** The size of the first load follows what a page needs at once, and no further. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { FIRST_LOAD_LIMIT, firstLoad, report } from './first-load.ts'

const made: string[] = []
function dist(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'bufscope-'))
  made.push(folder)
  mkdirSync(join(folder, 'assets'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}
afterEach(() => made.splice(0).forEach(folder => rmSync(folder, { recursive: true })))

const page = {
  'index.html': '<script type="module" crossorigin src="./assets/index-a.js"></script><link rel="modulepreload" href="./assets/react-b.js"><link rel="stylesheet" href="./assets/index-c.css">',
  'assets/index-a.js': 'import{a}from"./react-b.js";import"./side-d.js";const later=()=>import("./help-e.js");new Worker(new URL("/assets/"+"first-worker-f.js",import.meta.url));"first-worker-f.js"',
  'assets/react-b.js': 'export const a=1', 'assets/side-d.js': '1', 'assets/help-e.js': 'later', 'assets/index-c.css': 'a{}', 'assets/first-worker-f.js': 'onmessage=1', 'assets/inter.woff2': 'font',
}
/** Nothing that a compressor can shorten. */
const noise = (bytes: number): string => {
  let x = 2463534242
  let text = ''
  while (text.length < bytes) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    text += String.fromCharCode(33 + ((x >>> 8) % 90))
  }
  return text
}

test('scripts, what they import at once, styles and the worker; not what comes later', () => {
  expect(firstLoad(dist(page)).map(({ file }) => file).sort()).toEqual(['assets/first-worker-f.js', 'assets/index-a.js', 'assets/index-c.css', 'assets/react-b.js', 'assets/side-d.js', 'index.html'])
})

test('a page over the limit does not pass', () => {
  expect(report(dist(page)).ok).toBe(true)
  expect(report(dist({ ...page, 'assets/side-d.js': noise(FIRST_LOAD_LIMIT * 1.3) })).ok).toBe(false)
})

test('a page whose worker is not found does not pass', () => {
  const { 'assets/first-worker-f.js': _, ...rest } = page
  expect(report(dist(rest))).toMatchObject({ ok: false, text: expect.stringContaining('not found') })
})
