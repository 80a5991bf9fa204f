/** LEAF: the exact entry for a page, by its rights and attribute; one value for each attribute index named. */
import { toBigInt, u64, type U64 } from '../../../base/bits.ts'
import * as arm64 from '../../../hardware/page-table/arm64.ts'
import * as mali from '../../../hardware/page-table/mali.ts'
import { misread } from '../failure.ts'
import type { Pure } from '../pure.ts'
import { addressIn, indicesIn, text64, values } from './_read.ts'

function cpuLeaf(text: string, phys: number, attrIndex: number): U64 {
  const says = (word: RegExp): boolean => word.test(text)
  const entry = arm64.leaf({
    phys, attrIndex, write: says(/\bRW\b/), readOnly: !says(/\bRW\b/) || says(/AP\[2\]/), exec: !says(/\bUXN\b/), dirty: says(/\bdirty\b/), special: says(/\bspecial\b/),
  })
  // Linux always sets these for user pages; a row that does not name one asks for an entry without it.
  const without = (says(/\bnG\b/) ? 0 : arm64.NG) | (says(/\buser\b/) ? 0 : arm64.AP_USER)
  return u64(says(/\bPXN\b/) ? entry.hi : entry.hi & ~arm64.PXN, entry.lo & ~without)
}
function gpuLeaf(text: string, phys: number, attrIndex: number): U64 {
  return mali.leaf({ phys, attrIndex, read: /\bread\b/.test(text), write: /\bwrite\b/.test(text), exec: !/\bno-exec\b/.test(text), shareability: /\bouter\b/.test(text) ? mali.SH_OUTER : mali.SH_INNER })
}

export default {
  words: ['LEAF'],
  reads: input => input.startsWith('LEAF'),
  check(input, expected) {
    const make = input.text.startsWith('LEAF arm64') ? cpuLeaf : input.text.startsWith('LEAF Mali') ? gpuLeaf : misread(input, 5, 'the format is not known', 'Leaves are of arm64 or Mali tables.')
    const phys = addressIn(input, input.text, make === gpuLeaf ? 40 : 48)
    const indices = indicesIn(input)
    return { want: text64(values(expected, indices.length)), got: text64(indices.map(index => toBigInt(make(input.text, phys, index)))) }
  },
} satisfies Pure
