/** Copy me. A variant names parts that are there, or brings a change of its own; write `why` as if to a colleague. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V99',
  id: 'my-idea',
  title: 'my idea',
  group: 'Mistakes and limits',
  why: 'One or two sentences: what differs, and what that teaches.',
  who: 'Who proposed or uses it.',
  where: 'Where it can be found: a release, a tree, a mail.',
  from: 'Since when.',
  parts: { flags: 'F0', path: 'N', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  // change: b => ({ ...b, kernel: { ...b.kernel, permitPrime: () => undefined } }),
})
