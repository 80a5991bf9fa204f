/** V30: the node itself is open for reading only. */
import { inProgram, variant } from '../machine/variant.ts'

export default variant({
  number: 'V30', id: 'node-read-only', title: 'node opened read-only', group: 'Mistakes and limits',
  why: 'The way through the node has a mode too: that of the node. Whoever opens it for reading only can ask for an offset, but gets no mapping to write through. It is the same check that stops V4, on another file.',
  who: 'programs that open a node with O_RDONLY', where: 'every kernel', from: 'always',
  sources: [{ title: 'do_mmap: a shared writable mapping wants FMODE_WRITE', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/mm/mmap.c' }],
  parts: { flags: 'F1', path: 'N', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC | DRM_RDWR)',
  scenarios: ['canonical'],
  program: inProgram('gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)', 'gpu = open("/dev/dri/renderD128", O_RDONLY | O_CLOEXEC)'),
})
