/** LOCK: what AS_LOCKADDR gets for a region. */
import { lockAddr } from '../../../hardware/page-table/mali.ts'
import type { Pure } from '../pure.ts'
import { addressIn, groups, hexText, pagesIn, values } from './_read.ts'

export default {
  words: ['LOCK'],
  reads: input => input.startsWith('LOCK'),
  check(input, expected) {
    const regions = groups(input, 2)
    return { want: hexText(values(expected, regions.length)), got: hexText(regions.map(([start, size]) => lockAddr(addressIn(input, start!, 48), pagesIn(input, size!)))) }
  },
} satisfies Pure
