/** L07: memory goes when the last reference goes, and closing a descriptor drops one of many. */
import { chapter, unless, type Told } from './chapter.ts'
import { at, countOfDmaBuf, left, stepsOf } from './looks.ts'

const today = { scenario: 'canonical-hostile', variant: 'V9', platform: 'rk3399' }
const freed = (told: Told): number | undefined => stepsOf(told, 'page.run.free')[0]?.seq
const gone = (told: Told): number => stepsOf(told, 'landmark').find(({ fields }) => fields.name === 'drawn without an owner')?.seq ?? -1

export default chapter({
  lesson: 'L07',
  title: 'What keeps it alive?',
  goal: 'predict the step at which the memory of a shared buffer is freed.',
  recipes: [today, { ...today, variant: 'V1' }],
  beats: [
    { at: null, text: 'The owner of a buffer is going to leave first: it closes everything while the client still has the buffer mapped. The arrows on the stage are references; **memory lives as long as one arrow leads to it**.' },
    { at: 'exported', text: 'The [dma-buf] is a file, and its count is three. One is the descriptor. The other two are less known: the exporter’s [GEM object] remembers the dma-buf it has, and its [DRM file] remembers it for the [handle]. **Closing the descriptor drops one of three.**' },
    { at: 'imported', text: 'Both descriptors are closed, and the count is five. The importer’s object holds it for the import, for its own memory of it, and in its file’s table. Nobody has a descriptor any more, and nothing is freed.' },
    { at: 'mapped', text: 'Here the kernels differ. Today (V9) the mapping takes the dma-buf’s file, so the count is six, and **the [importer] is not held by it**. In 5.2 (V1) the mapping belongs to the importer’s node and holds the importer’s object, and the count stays at five.' },
    { at: 'owner gone', text: 'The compositor has removed its framebuffer, closed the handle and the device. With the last handle gone the exporter’s object lets the dma-buf go, and its file’s table too: two references less. **The pages are still there**, since the client’s references are.' },
    { at: 'drawn without an owner', text: 'The client reads its pixels and draws once more. It works, in both. **“The owner has closed it” is not an event that anybody is told.**' },
    { at: 'all given back', text: 'Only when the client has unmapped and closed its handle does the last reference go: the import is undone, the dma-buf is released, the exporter’s object dies, and its page is free.' },
  ],
  question: {
    ask: 'both sides close everything and unmap, on the kernel with the thread’s patch (V6). What is left?',
    choices: { nothing: 'Nothing, as here', importer: 'The imported object, and with it the dma-buf and the exporter’s pages', dmabuf: 'The dma-buf alone, without pages' },
    runs: [{ ...today, variant: 'V6' }],
    answer: ([run]) => {
      const rest = left(run!.journal)
      return rest.length === 0 ? 'nothing' : rest.some((id) => id.startsWith('gem:')) ? 'importer' : 'dmabuf'
    },
    otherwise: [today],
    why: 'One forgotten reference is enough: the object of the import holds the attachment and the dma-buf, and that holds the exporter’s object and its pages. Nothing that a program can close leads there any more.',
  },
  breakIt: { title: 'the patch that forgets', text: 'The same story with the thread’s patch. Go to the last step and look for what has no way to it.', recipes: [{ ...today, variant: 'V6' }, today], at: 'all given back' },
  sources: [
    { title: 'drm_gem_object_handle_put_unlocked: the last handle lets the dma-buf go', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/drm_gem.c' },
    { title: 'dma_buf_release', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/dma-buf/dma-buf.c' },
    { title: 'Recorded: only the mapping is left', version: 'Linux 5.2.1', url: '#evidence&file=5.2.1/scenarios&sequence=thread/only-the-mapping-is-left-shmem-to-shmem' },
    { title: 'Met in practice: moonlight-qt 1954', version: 'GitHub, 26 July 2026', url: 'https://github.com/moonlight-stream/moonlight-qt/pull/1954' },
  ],
  check: (runs) => unless({
    'three hold an exported buffer': runs.every(({ journal }) => countOfDmaBuf(at(journal, 'exported')) === 3),
    'an import holds it when no descriptor is left': runs.every(({ journal }) => countOfDmaBuf(at(journal, 'imported')) === 5),
    'today a mapping is one more': countOfDmaBuf(at(runs[0]!.journal, 'mapped')) === 6,
    'in 5.2 it was none': countOfDmaBuf(at(runs[1]!.journal, 'mapped')) === 5,
    'the owner takes two with it': runs.every(({ journal }) => countOfDmaBuf(at(journal, 'mapped')) - countOfDmaBuf(at(journal, 'owner gone')) === 2),
    'the page is not freed while the client draws': runs.every((run) => gone(run) >= 0 && (freed(run) ?? -1) > gone(run)),
    'nothing is left': runs.every(({ journal }) => left(journal).length === 0),
  }),
})
