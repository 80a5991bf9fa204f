/** What cannot be chosen or left out, and what is taken instead. As in sentences.ts; the first worker, which is asked for what there is, comes without. */
export const SENTENCES = {
  noChoice: 'There is no {axis} {id}; this is {taken}.',
  chooseOne: 'Choose one of {names}.',
  noExporter: '{scenario} has no program that allocates from {id}; this is {taken}.',
  noImporter: '{scenario} has no program that imports into {id}; this is {taken}.',
  chooseOther: 'Choose one of {names}, or another scenario.',
  noCall: 'This program has no call {line} to leave out.',
  knownCalls: 'Its calls are {first} to {last}.',
  needed: '{inner} cannot be left out of {line}: its library needs the answer.',
  leaveOther: 'Leave out {line}, or a call that gives nothing, such as {inner}.',
} as const
