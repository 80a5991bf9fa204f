/** A link for a line of so many columns. It is never broken, as what is broken cannot be followed. */
import { STORY } from '../app/address.ts'

const { scenario, platform } = STORY.recipes[0]!
/** What a link means without it as well, and at last the version of the model, without which nobody is told that the model has changed. */
const SPARED = [`platform=${platform}`, `scenario=${scenario}`, /^model=/]

/** The link itself, or as little shorter as fits; whole and too long where nothing helps. */
export function linkWithin(link: string, columns: number): string {
  const [place, fragment = ''] = link.split('#')
  let parts = fragment.split('&')
  for (const spared of ['', ...SPARED]) {
    parts = parts.filter((part) => (typeof spared === 'string' ? part !== spared : !spared.test(part)))
    const short = `${place}#${parts.join('&')}`
    if (short.length <= columns) return short
  }
  return link
}
