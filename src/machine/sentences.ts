/** Why a line of a program is passed over, with names in it. `{name}`: what stands there is filled in. */
export const SENTENCES = {
  leftOut: 'this run leaves it out',
  leftOutKeeps: 'this run leaves it out, and {name} keeps what it stood for',
  leftOutNone: 'this run leaves it out, so there is no {kind} called {name}',
  leftOutStays: 'this run leaves it out, and {name} stays {value}',
  notBegun: '{name} has not begun',
  gone: '{name} is gone',
  noCacheFill: 'nothing comes into the cache through this mapping ({attr})',
} as const
