/**
 * `npm run pack -- PATH…`: takes recordings into the repository: each goes, packed, into the folder of its release, and the list of all is
 * written anew. A recording that is there already with the same text stays as it is, whatever packs a little better today.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { RecordingFile } from '../journal/evidence.ts'
import { Malformed, malformed, readRecording, type Recording } from '../recordings/read.ts'
import { releaseOf } from '../recordings/releases.ts'
import { filesOf, MANIFEST, OWN, recordingIn, textIn } from './recording-files.ts'

/** Gzip without a date, and without the name of the system it was made on. */
export function packed(text: string): Uint8Array {
  const bytes = gzipSync(text, { level: 9 })
  bytes[9] = 0xff
  return bytes
}

/** What the page says of a recording before it has fetched it. */
export const entryOf = (file: string, { kernel, sequences }: Recording, bytes: number): RecordingFile =>
  ({ file, kernel, sequences: sequences.length, ops: sequences.reduce((sum, { ops }) => sum + ops.length, 0), bytes })

export const manifestOf = (folder: string): readonly RecordingFile[] =>
  filesOf(folder).map(file => entryOf(relative(folder, file).split('\\').join('/'), recordingIn(file), readFileSync(file).length))

export function pack(paths: readonly string[], folder: string): readonly RecordingFile[] {
  for (const file of paths.flatMap(filesOf)) {
    const text = textIn(file)
    const release = join(folder, releaseOf(readRecording(file, text).kernel).replace(/\W*\+.*/, '-patched'))
    const to = join(release, basename(file).replace(/(\.gz)?$/, '.gz'))
    mkdirSync(release, { recursive: true })
    if (!existsSync(to) || gunzipSync(readFileSync(to)).toString('utf8') !== text) writeFileSync(to, packed(text))
  }
  const all = manifestOf(folder)
  writeFileSync(join(folder, MANIFEST), `[\n${all.map(entry => `  ${JSON.stringify(entry)}`).join(',\n')}\n]\n`)
  return all
}

export async function main(argv: readonly string[]): Promise<number> {
  try {
    const paths = argv.filter(word => word !== '--')
    if (paths.length === 0) malformed('pack', 'no path given', 'Say: npm run pack -- FILE-OR-FOLDER…')
    for (const { file, sequences, ops, bytes } of pack(paths, OWN)) console.log(`${file.padEnd(40)} ${String(sequences).padStart(5)} sequences ${String(ops).padStart(6)} operations ${String(bytes).padStart(7)} bytes`)
    return 0
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    console.error(error.message)
    return 2
  }
}
