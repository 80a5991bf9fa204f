/** Releases that were recorded, and which of our kernels each speaks for. */

/** `6.1.192`, or `5.2.1 + the patch of the thread`: the name without the remarks behind it. */
export const releaseOf = (kernel: string): string => kernel.replace(/\s*\(.*$/, '')

/** The flavour that a recording's release is tested with; undefined: there is none. */
export function flavourOf(kernel: string): string | undefined {
  if (kernel.startsWith('6.1.')) return 'K61'
  if (kernel.startsWith('5.2.')) return /patch/.test(releaseOf(kernel)) ? 'KRFC' : 'K52'
  return undefined
}
