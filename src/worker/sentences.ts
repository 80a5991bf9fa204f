/** What is told of a machine. `{name}`: what stands there is filled in. */
export const SENTENCES = {
  unchecked: 'Of this machine nobody checked: {what}.',
  display: '{card}, the display',
  gpu: '{card}, the GPU',
} as const
