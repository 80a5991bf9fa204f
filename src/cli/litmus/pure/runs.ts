/** RUNS: how a range is cut into runs of pages of one size. */
import { runsOf } from '../../../hardware/page-table/mali.ts'
import { misread, type Piece } from '../failure.ts'
import type { Pure } from '../pure.ts'
import { addressIn, groups, sizeIn } from './_read.ts'

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
  reads: input => input.startsWith('RUNS'),
  check(input, expected) {
    const [[iova, phys, size]] = groups(input, 3) as [[string, string, string]]
    const sizeBytes = sizeIn(size)
    if (sizeBytes === 0 || sizeBytes % KIB4 !== 0) misread(input, input.text.indexOf(size), `"${size}" is no whole number of pages`, 'Write a size such as 4 MiB + 8 KiB.')
    const runs = runsOf(addressIn(input, iova), addressIn(input, phys), sizeBytes)
    return { want: want(expected), got: runs.map(run => `${run.count} × ${sizeText(run.sizeBytes)}`).join(', ') }
  },
} satisfies Pure
