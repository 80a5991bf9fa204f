/** Makes the index of witnesses from the repository's own recordings, packed. */
import { witnessesIn } from '../recordings/witnesses.ts'
import { packed } from './pack.ts'
import { filesOf, OWN, recordingIn } from './recording-files.ts'

export const main = (): Uint8Array => packed(JSON.stringify(witnessesIn(filesOf(OWN).map(recordingIn))))
