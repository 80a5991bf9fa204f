/** What a line asks for that is not there. `{name}`: what stands there is filled in. */
export const SENTENCES = {
  noMapping: 'there is no mapping called {name}',
  noBuffer: 'there is no buffer called {name}',
  noBufferHere: 'there is no such buffer',
} as const
