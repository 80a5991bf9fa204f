/** What a host hears that asked for what there is not. `{name}`: what stands there is filled in. */
export const SENTENCES = {
  seekWants: 'seek wants `step`, a whole number from 0, or `landmark`, a name.',
  stepWants: 'step wants `by`, a whole number other than 0, or nothing for 1.',
  variantsWants: 'variants wants `variants`, a list of 1 to {most} names such as "V4".',
  selectWants: 'select wants `id`, the name of an object such as "gem:A.2", or null.',
  noMessage: 'There is no message “{asked}”. Known: hello, seek, step, play, pause, variants, select.',
  noLandmark: 'There is no landmark “{asked}” here. Known: {known}.',
  noLandmarks: 'There is no landmark “{asked}” here. Known: none.',
  noStep: 'There is no step {step}: these runs have {count}. Went to the nearest.',
} as const
