/** Names one after the other in a sentence. */
import { fill } from './fill.ts'

const LISTED = '{names} and {last}'
/** `a`, `a and b`, `a, b and c`. */
export const listed = (names: readonly string[]): string => (names.length < 2 ? names.join('') : fill(LISTED, { names: names.slice(0, -1).join(', '), last: names.at(-1)! }))
