/** TRANSTAB and MEMATTR: what the registers of a Mali address space get. */
import { MEMATTR, memattrValue, transtab } from '../../../hardware/page-table/mali.ts'
import { misread } from '../failure.ts'
import type { Pure } from '../pure.ts'
import { addressIn, hexText, values } from './_read.ts'

export default {
  words: ['TRANSTAB', 'MEMATTR'],
  reads: input => /^(TRANSTAB|MEMATTR)/.test(input),
  check(input, expected) {
    const got = input.text.split(';').map(part => part.trim()).flatMap(part => {
      if (part.startsWith('MEMATTR')) return [memattrValue(MEMATTR)]
      const pgd = addressIn(input, part, 40)
      const walks = part.match(/non-coherent|coherent/g) ?? misread(input, 0, 'it does not say whether walks are coherent', 'Write non-coherent, coherent, or both.')
      return walks.map(walk => transtab(pgd, walk === 'coherent'))
    })
    return { want: hexText(values(expected, got.length)), got: hexText(got) }
  },
} satisfies Pure
