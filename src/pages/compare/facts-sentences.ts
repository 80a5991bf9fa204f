/** What the text twin says of a step's changes and of the bytes. As in sentences.ts. */
export const SENTENCES = {
  ofStep: 'What changed at step {at}',
  changed: '{bench}: what changed',
  bytes: '{bench}: who has which bytes',
  comes: '{thing} comes',
  goes: '{thing} goes',
  holds: '{holder} holds {thing} ({slot})',
  letsGo: '{holder} lets {thing} go ({slot})',
  field: '{thing}: {field} {from} → {to}',
  writeCombine: 'write-combine buffer of core {core}',
  page: 'page {index} of {owner}',
  none: '{party}: no line of {page}',
  copy: '{party}: {lines} {lines#line|lines} of {page}, {dirty} dirty, {stale} old',
  display: 'the display shows {lines} {lines#line|lines}, {stale} old',
} as const
