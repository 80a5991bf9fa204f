/** Entries of other GPUs: etnaviv's second MMU, V3D. */
import * as etnaviv from '../../../hardware/page-table/etnaviv.ts'
import * as v3d from '../../../hardware/page-table/v3d.ts'
import { misread } from '../failure.ts'
import type { Pure } from '../pure.ts'
import { addressIn, hexText, values } from './_read.ts'

export default {
  reads: input => /^(etnaviv|V3D) entry/.test(input),
  check(input, expected) {
    const asked = input.text.split(';').map(part => part.trim())
    const got = asked.map(part => {
      // A V3D entry is writable unless the row says otherwise; one of etnaviv only when it says so.
      if (part.startsWith('V3D')) return v3d.entry(addressIn(input, part, 36), !part.includes('read-only'), part.includes('superpage'))
      return part.startsWith('etnaviv') ? etnaviv.entry(addressIn(input, part, 40), part.includes('writable')) : misread(input, input.text.indexOf(part), 'the GPU is not known', 'Entries are of etnaviv or V3D.')
    })
    return { want: hexText(values(expected, asked.length)), got: hexText(got) }
  },
} satisfies Pure
