/** What the situation of a call says with names in it. `{name}`: what stands there is filled in. */
export const SENTENCES = {
  dmaBuf: 'dma-buf of a {what}, {mode}',
  dmaBufPending: 'dma-buf of a {what}, {mode}, pending {usages}',
  anImport: 'an import, {of}',
  own: 'its own',
  ownExported: 'its own, exported {mode}',
  withHoles: '{extent}, and holes',
} as const
