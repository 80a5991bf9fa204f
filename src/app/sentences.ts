/** What the page's own state says with names and numbers in it, from the first moment on. `{name}`: what stands there is filled in. */
export const SENTENCES = {
  without: '{name} without {calls}',
  found: '{name} as found',
  nth: '{name} (bench {number})',
  byChance: 'by chance, seed {seed}',
  refusedAt: '{errno} at {name}',
  okSoFar: '{name}: ok so far',
  lineOf: '{process} line {line}',
  copied: '{what} copied.',
} as const
