/** What is said of recordings that cannot be read, and of answers that differ. `{name}`: what stands there is filled in; `{count#one|many}`: the noun for a count. */
export const SENTENCES = {
  place: 'line {line}, column {column}',
  endsEarly: 'It is not JSON: here it ends before it is whole. Save it again from the recorder.',
  noSense: 'It is not JSON: here it stops making sense. Save it again from the recorder.',
  sequence: 'sequence {number}',
  sequenceNamed: 'sequence {number} ({name})',
  op: '{sequence}, op {number}',
  result: '{sequence}, result {number}',
  counts: 'It has {ops} {ops#op|ops} and {results} {results#result|results}; every op needs one result.',
  differs: '{field}: {got}, recorded {recorded}',
  nothing: 'nothing',
  left: '{count} {count#dma-buf outlives|dma-bufs outlive} all processes, recorded {recorded}',
  log: 'the kernel\'s log says {written}, recorded {recorded}',
  ownError: 'our own error: {error}',
  source: '{op}: {field} {got}, the source says {said}',
} as const
