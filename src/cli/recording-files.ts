/** Recordings as files: plain or packed, one or a folder with all that is in it. The repository's own lie in `public/recordings`, where the page finds them too. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { malformed, readRecording, type Recording } from '../recordings/read.ts'

export const OWN = new URL('../../public/recordings', import.meta.url).pathname
/** Beside the recordings: what there is, for a reader who has not fetched any. */
export const MANIFEST = 'index.json'

export function filesOf(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return malformed(path, 'there is no such file or folder', 'Give a recording, or a folder with recordings.')
  if (!found.isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap(entry => {
    if (entry.isDirectory()) return filesOf(join(path, entry.name))
    return /\.json(\.gz)?$/.test(entry.name) && entry.name !== MANIFEST ? [join(path, entry.name)] : []
  })
}

export function textIn(file: string): string {
  const content = readFileSync(file)
  if (content[0] !== 0x1f || content[1] !== 0x8b) return content.toString('utf8')
  try {
    return gunzipSync(content).toString('utf8')
  } catch (error) {
    return malformed(file, 'the packed text', `It cannot be unpacked (${(error as Error).message}). Pack it again with gzip.`)
  }
}

export const recordingIn = (file: string): Recording => readRecording(file, textIn(file))

/** One of the repository's own: `6.1.192/scenarios`. */
export const ownRecording = (name: string): Recording => recordingIn(join(OWN, `${name}.json.gz`))
/** The same as text, for those who want to change something in it. */
export const ownText = (name: string): string => textIn(join(OWN, `${name}.json.gz`))
