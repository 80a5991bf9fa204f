/** What can be taken along, and which steps of how many. */
export const SENTENCES = {
  copy: 'Copy: {title}',
  print: 'Print: {title}',
  save: 'Save: {title}',
  ofSteps: 'of {count}',
} as const
