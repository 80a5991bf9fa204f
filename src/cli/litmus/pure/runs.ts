/** RUNS: how a range is cut into runs of pages of one size. */
import { runsOf } from '../../../hardware/page-table/mali.ts'
import { misread, type Piece } from '../failure.ts'
import type { Pure } from '../pure.ts'
import { addressIn, groups, pagesIn } from './_read.ts'

const KIB4 = 4096
const sizeText = (sizeBytes: number): string => (sizeBytes === KIB4 ? '4 KiB' : '2 MiB')

/** `1 × 4 KiB, 2 × 2 MiB`, and `511, 1 × 4 KiB` for runs of one size behind one another. */
function want(piece: Piece): string {
  const runs: string[] = []
  let counts: string[] = []
  for (const word of piece.text.split(',').map(part => part.trim())) {
    const [, count, size] = /^(\d+)(?:\s*×\s*(\d+ [KMG]iB))?$/.exec(word) ?? misread(piece, piece.text.indexOf(word), `"${word}" is no run`, 'Write 2 × 2 MiB, or 511, 1 × 4 KiB.')
    counts.push(count!)
    if (size === undefined) continue
    runs.push(...counts.map(n => `${n} × ${size}`))
    counts = []
  }
  return counts.length > 0 ? misread(piece, 0, 'the last run has no size', 'Write the size of its pages behind ×.') : runs.join(', ')
}

export default {
  words: ['RUNS'],
  reads: input => input.startsWith('RUNS'),
  check(input, expected) {
    const [[iova, phys, size], another] = groups(input, 3) as [[string, string, string], string[]?]
    if (another) misread(input, input.text.lastIndexOf('('), 'there is a second range', 'Give it a row of its own.')
    const runs = runsOf(addressIn(input, iova, 48), addressIn(input, phys, 40), pagesIn(input, size))
    return { want: want(expected), got: runs.map(run => `${run.count} × ${sizeText(run.sizeBytes)}`).join(', ') }
  },
} satisfies Pure
