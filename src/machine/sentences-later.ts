/** What a run comes to, with names and numbers in it. As in sentences.ts; `{count#one|many}`: the noun for a count. */
export const SENTENCES = {
  // How a call that failed ended.
  refused: '{errno} at {at}',
  aborted: '{errno} at {at}, then abort',
  killed: '{errno} at {at}, and the process is gone',
  gpuOld: 'the GPU read old pixels in {lines} of {all} lines',
  displayOld: 'the display shows old pixels in {lines} of {all} lines',
  neverDrawn: '{picture} is never drawn',
  leaks: 'works, leaks {count} importer {count#reference|references}',
} as const
