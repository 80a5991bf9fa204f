/** What a file that is taken along says with names and numbers in it. `{name}`: what stands there is filled in; `{count#one|many}`: the noun for a count. */
export const SENTENCES = {
  fromAfterTo: 'Step {from} comes after step {to}. Choose a first step that is not after the last.',
  tooMany: '{title} holds at most {most} steps; these are {count}. Choose a shorter range, or a coarser depth.',
  step: 'Step {at}',
  stepOf: 'step {at} of {count}',
  story: '{story}, {where}',
  range: '{story}, steps {from} to {to}',
  /** What a bench is made of, so that what it claims can be tried. */
  machine: '{kernel}; {platform}; exporter: {exporter}; importer: {importer}; {call}; mapped by {path}; {sync}',
  // A transcript.
  rangeOf: 'Steps {from} to {to} of {count}',
  madeWith: 'Bufscope, model {model}: <{link}>',
  // A diagram of plain text.
  task: '{letter} {name}, pid {pid}, {state}',
  chain: 'in {functions}',
  itself: '{thing} (itself)',
  above: '{thing} (above)',
  lost: '{thing} LOST',
  writeCombine: 'WC buffer {core}',
  page: 'page {index} of {owner}',
  also: '{page} is {other}',
  frame: '{page}, frame {frame}',
  morePages: 'and {count} more {count#page|pages}',
  // A graph.
  lostRef: '{label}\nlost',
} as const
