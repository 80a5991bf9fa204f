/** WALK: which index of each level an address uses, and the offset in its page. */
import { walkIndices } from '../../../journal/walk.ts'
import { misread, type Piece } from '../failure.ts'
import type { Pure } from '../pure.ts'
import { addressIn } from './_read.ts'

const FORMATS = /^WALK\s+(arm64|Mali)\b/
const textOf = (indices: readonly number[], offset: number): string => `${indices.join(', ')}; offset 0x${offset.toString(16)}`

function want(piece: Piece): string {
  const found = /(?:L0\.\.L3 = )?(\d+), (\d+), (\d+), (\d+); offset (0x[0-9a-f]+)/.exec(piece.text)
  return found ? textOf(found.slice(1, 5).map(Number), Number(found[5])) : misread(piece, 0, 'there are no four indices and offset', 'Write 0, 0, 18, 0; offset 0x400.')
}

export default {
  words: ['WALK'],
  reads: input => input.startsWith('WALK'),
  check(input, expected) {
    if (!FORMATS.test(input.text)) misread(input, 5, 'the format is not known', 'Walks are of arm64 or Mali tables.')
    const { indices, offset } = walkIndices(addressIn(input, input.text, 48, true))
    return { want: want(expected), got: textOf(indices, offset) }
  },
} satisfies Pure
