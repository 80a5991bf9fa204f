/** A descriptor and its level: is it a leaf, a table, or a translation fault? */
import arm64 from '../../../journal/page-tables/arm64.ts'
import mali from '../../../journal/page-tables/mali.ts'
import { misread } from '../failure.ts'
import type { Pure } from '../pure.ts'
import { hexes, words64 } from './_read.ts'

const ROW = /^(Mali|arm64) level-([0-3]) descriptor/
const kindIn = (text: string): string => (/not a leaf|fault/.test(text) ? 'translation fault' : /\bleaf\b/.test(text) ? 'leaf' : /\btable\b/.test(text) ? 'table' : '')

export default {
  reads: input => / descriptor\b/.test(input) && /level-/.test(input),
  check(input, expected) {
    const [, name, level] = ROW.exec(input.text) ?? misread(input, 0, 'the format or the level is not known', 'Write: Mali level-3 descriptor `0x…`.')
    const [entry] = words64(hexes(input, 1))
    const kind = (name === 'Mali' ? mali : arm64).kindOf(entry!, Number(level))
    return { want: kindIn(expected.text) || misread(expected, 0, 'it says neither leaf, table nor fault', 'Say which of them it is.'), got: kind === 'invalid' ? 'translation fault' : kind }
  },
} satisfies Pure
