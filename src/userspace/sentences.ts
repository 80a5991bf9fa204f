/** What a line asks for and there is not. `{name}`: what stands there is filled in. */
export const SENTENCES = {
  noMapping: 'there is no such mapping called {name}',
  noBuffer: 'there is no such buffer called {name}',
  noBufferHere: 'there is no such buffer',
} as const
