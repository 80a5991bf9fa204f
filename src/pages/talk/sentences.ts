/** What a talk says besides its story. `{name}`: what stands there is filled in. */
export const SENTENCES = {
  stopOf: '{at} of {count}',
  fromHazard: '{bench}, hazard {known}',
  fromQuirk: '{bench}, quirk',
  notShown: 'not shown: {benches}',
  oneProgram: 'One program: {benches}.',
} as const
