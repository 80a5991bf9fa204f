/** LOCK: what AS_LOCKADDR gets for a region. */
import { lockAddr } from '../../../hardware/page-table/mali.ts'
import type { Pure } from '../pure.ts'
import { addresses, addressIn, groups, sizeIn } from './_read.ts'

const textOf = (values: readonly number[]): string => values.map(value => `0x${value.toString(16)}`).join('; ')

export default {
  reads: input => input.startsWith('LOCK'),
  check(input, expected) {
    const regions = groups(input, 2)
    return { want: textOf(addresses(expected, regions.length)), got: textOf(regions.map(([start, size]) => lockAddr(addressIn(input, start!), sizeIn(size!)))) }
  },
} satisfies Pure
