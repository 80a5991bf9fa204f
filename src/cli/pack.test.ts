/** The repository's own recordings: all are listed, and packing again changes nothing. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { MANIFEST, OWN, ownText } from './recording-files.ts'
import { manifestOf, pack } from './pack.ts'

test('the list names every recording with its release, sequences, operations and size', () => {
  const listed = JSON.parse(readFileSync(join(OWN, MANIFEST), 'utf8')) as ReturnType<typeof manifestOf>
  expect(listed).toEqual(manifestOf(OWN))
  const ops = (folder: string): number => listed.filter(({ file }) => file.startsWith(`${folder}/`)).reduce((sum, each) => sum + each.ops, 0)
  expect({ all: listed.reduce((sum, each) => sum + each.ops, 0), apart: ops('6.12.117') }).toEqual({ all: 63_861, apart: 286 })
  // The page fetches all of them.
  expect(listed.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(500_000)
})

test('a recording goes into the folder of its release, without a date; the same text again changes nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pack-'))
  const text = ownText('5.2.1-patched/scenarios')
  const given = join(folder, 'mine.json')
  writeFileSync(given, text)
  const into = join(folder, 'into')
  expect(pack([given], into)).toMatchObject([{ file: '5.2.1-patched/mine.json.gz', sequences: 110, ops: 2013 }])
  const to = join(into, '5.2.1-patched', 'mine.json.gz')
  const bytes = readFileSync(to)
  expect(gunzipSync(bytes).toString('utf8')).toBe(text)
  expect([...bytes.subarray(4, 8)]).toEqual([0, 0, 0, 0])
  const { mtimeMs } = statSync(to)
  pack([given], into)
  expect(statSync(to).mtimeMs).toBe(mtimeMs)
  expect(() => pack([to.replace('mine', 'other')], into)).toThrow(/there is no such file/)
  rmSync(folder, { recursive: true })
})
