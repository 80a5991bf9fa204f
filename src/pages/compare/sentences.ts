/** What the page says with names and numbers in it, from the first moment on. `{name}`: what stands there is filled in; `{count#one|many}`: the noun for a count. */
export const SENTENCES = {
  bench: 'Bench {number}: {name}',
  stepOf: 'Step {at} of {count}.',
} as const
