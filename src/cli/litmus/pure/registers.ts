/** TRANSTAB and MEMATTR: what the registers of a Mali address space get. */
import { MEMATTR, memattrValue, transtab } from '../../../hardware/page-table/mali.ts'
import { misread } from '../failure.ts'
import type { Pure } from '../pure.ts'
import { addresses, addressIn } from './_read.ts'

const textOf = (values: readonly number[]): string => values.map(value => `0x${value.toString(16)}`).join('; ')

export default {
  reads: input => /^(TRANSTAB|MEMATTR)/.test(input),
  check(input, expected) {
    const got = input.text.split(';').map(part => part.trim()).flatMap(part => {
      if (part.startsWith('MEMATTR')) return [memattrValue(MEMATTR)]
      const pgd = addressIn(input, part)
      const walks = part.match(/non-coherent|coherent/g) ?? misread(input, 0, 'it does not say whether walks are coherent', 'Write non-coherent, coherent, or both.')
      return walks.map(walk => transtab(pgd, walk === 'coherent'))
    })
    return { want: textOf(addresses(expected, got.length)), got: textOf(got) }
  },
} satisfies Pure
