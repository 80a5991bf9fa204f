/** What an object says from close. As in ../sentences.ts. */
export const SENTENCES = {
  keyGone: '{key} gone',
  heldBy: 'held by, and {more} more',
  linesOld: '{count} of {of} lines old in memory',
  linesNewest: '{of} lines, newest in memory',
} as const
