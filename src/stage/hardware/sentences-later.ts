/** What is drawn or read of hardware after the first picture: walks, faults, a line in everybody's hands, a whole buffer. As in sentences.ts. */
export const TLB_OLD = ['TLB old: {page}', 'TLB old'] as const

export const SENTENCES = {
  wholePicture: '{party}: {count} pages; a click chooses the page there, Enter the first one with an old line',
  writeBuffer: 'core {core} write buffer',
  notDrained: '{bytes} {bytes#byte|bytes}, not drained',
  lineOfPage: 'line {line} of page {page}: 64 bytes, 16 pixels',
  fromMemory: 'from memory',
  fromHolder: 'from the {holder}',
  bits: 'bits {bits}: {value}',
  walkEntries: 'Walk of {address}: entries {entries}',
  level: 'level {level}',
  remembers: 'It remembers {entry}.',
  walkOf: '{owner}: walk of {address}. {tlb}',
  theWalk: '{name}: the walk of {address}',
  tlbOld: 'The TLB is out of date: still page {page}. An access now lands there.',
  page: 'page {page}',
  copy: 'a copy, page {page}',
  pagesMore: '{count} pages more',
  otherPages: '{sentence} (of other pages)',
} as const
