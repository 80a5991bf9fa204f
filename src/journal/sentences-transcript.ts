/** What transcripts and checks of a journal say: text for a terminal. `{name}`: what stands there is filled in. */
export const SENTENCES = {
  finding: 'finding: {hazard} at {seq}, {objects}: {text}\n',
  findingIn: 'finding: {hazard} at {seq} ({call}), {objects}: {text}\n',
  quirk: 'quirk: {quirk} at {seq}, {objects}: {text}\n',
  // References and counters that do not agree.
  wrongCount: '{id} has {counter} {count}, and {held} references',
  uncounted: '{key} is counted by references and by nothing else',
  dangling: '{id}: there is no {end}',
  otherHeld: '{from} names {to}, and its slot "{slot}" holds {held}',
  noneNamed: '{from} names nothing there, and its slot "{slot}" holds {held}',
  nothing: 'nothing',
} as const
