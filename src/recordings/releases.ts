/** Releases that were recorded, and which of our kernels each speaks for. */
import { compareReleases } from '../kernel/driver.ts'

/** `6.1.192`, or `5.2.1 + the patch of the thread`: the name without the remarks behind it. */
export const releaseOf = (kernel: string): string => kernel.replace(/\s*\(.*$/, '')

const PATCHED = '5.2.1 + the patch of the thread'

/** The flavour that a recording's release is tested with; undefined: there is none. */
export function flavourOf(kernel: string): string | undefined {
  if (kernel.startsWith('6.1.')) return 'K61'
  if (kernel.startsWith('5.2.')) return /patch/.test(releaseOf(kernel)) ? 'KRFC' : 'K52'
  return undefined
}

/** The flavour that a release without one of its own is held against. */
export const NEXT_OF_KIN = 'KNOW'

/** The recorded releases that speak for a flavour, the closest first. Between 5.2 and 6.1 nothing was recorded. */
export function speakersFor(flavour: string, release: string): readonly string[] {
  if (flavour === 'KRFC') return [PATCHED]
  if (release === '5.2') return ['5.2.1']
  if (release === '6.1') return ['6.1.192']
  return compareReleases(release, '6.1') > 0 ? ['6.12.117', '6.1.192'] : []
}
