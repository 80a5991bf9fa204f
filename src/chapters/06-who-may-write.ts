/** L04: EACCES at mmap is about the file that is mapped, and not about the device. */
import { answerOf, chapter, unless, type Told } from './chapter.ts'

const readOnly = { scenario: 'canonical', variant: 'V4', platform: 'rk3399' }
const mapped = (run: Told): string | null => answerOf(run, 'mmap', 'B.5')
const mode = ({ journal }: Told): string => (journal.header.chosen.flags === 'F1' ? 'read-write' : 'read-only')

export default chapter({
  lesson: 'L04',
  title: 'Who may write?',
  goal: 'tell from the flags of an export whether a writable shared mapping can work.',
  recipes: [readOnly, { ...readOnly, variant: 'V5' }],
  beats: [
    { at: null, text: 'The buffer is going to cross from the compositor to the client as a file descriptor of a [dma-buf]. A descriptor belongs to a file, and a file has been opened in some way: for reading, for writing, or for both.' },
    { at: 'exported', text: 'The two runs part here, in one flag. Both pass [DRM_CLOEXEC], which only says that `exec()` closes the descriptor. In V4 that is all, so **the file is open for reading only**. In V5 [DRM_RDWR] is there too.' },
    { at: 'imported', text: 'Nothing has failed. The [importer] gets a [handle] either way: **no part of an import asks in which way the file was opened.** The device will write to this memory if it is told to.' },
    { at: { event: 'call.enter', call: 'B.5' }, text: 'The client wants to draw, so it maps the dma-buf shared and writable. Before any driver is asked, `do_mmap()` compares the request with the [f_mode] of the file: shared and writable needs `FMODE_WRITE`.' },
    { at: 'mapped', text: 'V4: **`EACCES`, and no driver has heard of it.** V5: the mapping exists. The errno is the same as for a device node that one may not open, which is why this one is so often looked for in the wrong place.' },
    { at: 'day drawn', text: 'Asking for `PROT_READ` alone would have worked in V4. To make that mapping writable afterwards does not: a shared mapping of a read-only file has lost [VM_MAYWRITE], and `mprotect()` says `EACCES` as well.' },
    { at: 'day shown', text: 'The mode is that of the file, and the file is made once. **A later export of the same buffer with [DRM_RDWR] returns the same read-only file**, so the first export decides.' },
  ],
  question: {
    ask: 'the same read-only descriptor, but mapped through the importer’s own node on a kernel of today.',
    choices: { eacces: 'It fails with `EACCES`, as here', works: 'It works: the mode of that file is never asked', stale: 'It works, but the GPU reads old pixels' },
    runs: [{ ...readOnly, variant: 'V9' }],
    answer: ([run]) => (answerOf(run!, 'mmap', 'B.5') === 'EACCES' ? 'eacces' : run!.verdict.glyph === '✗' ? 'stale' : 'works'),
    otherwise: [readOnly],
    why: 'The check is made on the file that is given to `mmap()`, and that is the node, opened for reading and writing. The redirect to the dma-buf comes later and does not ask its mode. `DRM_RDWR` matters on the other path alone.',
  },
  breakIt: {
    title: 'export twice', text: 'The compositor exports without the flag first, and with it afterwards. The client gets the second descriptor, and the answer of the first.',
    recipes: [{ ...readOnly, variant: 'V17' }, { ...readOnly, variant: 'V5' }], at: 'mapped',
  },
  sources: [
    { title: 'do_mmap: a shared writable mapping wants FMODE_WRITE', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/mm/mmap.c' },
    { title: 'dma_buf_export: the flags become the mode of the file', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/dma-buf/dma-buf.c' },
    { title: 'Recorded: mprotect() of a read-only export', version: 'Linux 5.2.1', url: '#evidence&file=5.2.1/scenarios&sequence=export/ro-export-shared-write' },
    { title: 'Recorded: the first export decides', version: 'Linux 5.2.1', url: '#evidence&file=5.2.1/scenarios&sequence=thread/first-export-fixes-the-mode' },
    { title: 'pan/kmod: set DRM_RDWR for exported dma-bufs', version: 'Mesa 25.1.0', url: 'https://docs.mesa3d.org/relnotes/25.1.0.html' },
    { title: 'The same trap met in practice: wl-mirror 48', version: 'GitHub, August 2024', url: 'https://github.com/Ferdi265/wl-mirror/issues/48' },
  ],
  check: (runs) => unless(Object.fromEntries([
    ...runs.map((run): [string, boolean] => ['a descriptor is mapped writable exactly if it is read-write', (mapped(run) === 'ok') === (mode(run) === 'read-write')]),
    ['the runs differ in that', new Set(runs.map(mapped)).size === 2],
    ['the refusal is EACCES', runs.some((run) => mapped(run) === 'EACCES')],
  ])),
})
