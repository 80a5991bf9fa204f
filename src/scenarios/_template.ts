/** Copy me. A scenario is a program; `why` says what to look for. */
import { scenario } from '../machine/scenario.ts'

export default scenario({
  id: 'my-scenario',
  title: 'My scenario',
  why: 'One or two sentences for the reader.',
  picture: null,
  defaults: {},
  program: `process main A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  landmark "open"
  close(card)
}
`,
})
