/** The story with its end turned round: A gives everything back first, while B still has the mapping and draws through it. */
import { scenario } from '../machine/scenario.ts'
import canonical from './canonical.ts'

/** Same beginning; the two endings change places. */
const [opening, ending] = canonical.program.split('process client B {') as [string, string]

export default scenario({
  id: 'canonical-hostile',
  title: 'The story, owner leaves first',
  why: 'The compositor closes everything while the client still has its mapping. The memory must stay until the last of them lets go: which reference keeps it?',
  picture: 'day',
  defaults: canonical.defaults,
  program: `${opening
    .replace('# The compositor owns the display and shows night; the client draws day into the same buffer.', '# The compositor leaves first; the client still has the buffer mapped and draws once more.')
    .replace('  landmark "all given back"\n', '  landmark "owner gone"\n  send(client)\n')}process client B {${ending
    .replace('  gbm_bo_destroy(bo)\n', '  recv(compositor)\n  load(px, 4)\n  fill(px, night)\n  landmark "drawn without an owner"\n  gbm_bo_destroy(bo)\n')
    .replace('  close(gpu)\n', '  close(gpu)\n  landmark "all given back"\n')}`,
})
