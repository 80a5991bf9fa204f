/** What the service worker is told: every file that the page may ask for, and a version that changes with any of them. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { entries, header } from './offline-plugin.ts'

const made: string[] = []
afterEach(() => made.splice(0).forEach(folder => rmSync(folder, { recursive: true })))
function build(packed = 'packed'): string {
  const folder = mkdtempSync(join(tmpdir(), 'bufscope-'))
  made.push(folder)
  for (const inner of ['assets', 'recordings/6.1']) mkdirSync(join(folder, inner), { recursive: true })
  const files = { 'index.html': 'page', 'assets/page-a.js': 'script', 'recordings/6.1/one.json.gz': packed, 'recordings/README.md': 'words', 'stage.png': 'picture', 'bufscope.html': 'all', 'sw.js': 'itself' }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

test('every file that the page may ask for, and none else; a packed one may come unpacked', () => {
  const sha = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
  expect(entries(build())).toEqual([['assets/page-a.js', sha('script')], ['./', sha('page')], ['recordings/6.1/one.json.gz', null]])
})

test('the version is that of the contents, packed ones too', () => {
  expect(header(build())).toBe(header(build()))
  expect(header(build('packed anew'))).not.toBe(header(build()))
})
