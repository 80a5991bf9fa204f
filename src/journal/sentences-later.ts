/** What is said of differences, situations, faults and pages with names and numbers in it. `{name}`: what stands there is filled in; `{count#one|many}`: the word for a count. */
export const SENTENCES = {
  // How runs differ.
  ok: 'ok {result}',
  first: 'first divergence: {what}',
  later: 'differs: {what}',
  seed: 'seed: {what}',
  seedMatters: 'seed: {what}; it matters at step {step}',
  anotherWay: 'another way',
  anotherWayIn: 'another way in {names}',
  sameAnswer: '{way}, the same answer',
  sameAnswerWhere: '{way}, the same answer: {where}',
  otherPixels: 'the display shows other pixels',
  otherPixelsIn: 'the display shows other pixels in {names}',
  otherBytes: 'the GPU reads other bytes',
  otherBytesIn: 'the GPU reads other bytes in {names}',
  argumentsDiffer: 'the arguments differ',
  argumentsDifferHere: 'the arguments differ here',
  fieldsDiffer: '{fields} {count#differs|differ}',
  fieldsDifferHere: '{fields} {count#differs|differ} here',
  fieldsDifferAs: '{fields} {count#differs|differ} here ({values})',
  sideIn: '{label} in {names}',
  sideAgainIn: '{label} ({otherwise}) in {names}',
} as const
