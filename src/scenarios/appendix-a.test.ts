/**
 * The counters of one share, row by row, as a table that was worked out by hand from the kernels: X is the exporter's object and I the
 * importer's, r references, h handles, u uses of pages, p pins, f references to the dma-buf's file, N to B's node.
 */
import { expect, test } from 'vitest'
import { MutableSnapshot } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import type { Objects } from '../journal/vocabulary.ts'
import { runRecipe } from '../worker/run-recipe.ts'

/** The counters at every landmark, by the first word of its name. */
function counters(variant: string, kernel: string, pins: boolean, program?: string): string[] {
  const { journal } = runRecipe({ scenario: 'appendix-a', variant, platform: 'rk3399', kernel, ...(program === undefined ? {} : { program }) })
  const seen = new MutableSnapshot()
  const rows: string[] = []
  for (const step of journal.steps) {
    seen.apply(step)
    if (!is(step, 'landmark')) continue
    const one = <K extends 'gem' | 'file'>(kind: K, which: (record: Objects[K]) => boolean): Objects[K] | undefined =>
      [...seen.records].find(([id, record]) => id.startsWith(`${kind}:`) && which(record as unknown as Objects[K]))?.[1] as unknown as Objects[K] | undefined
    const x = one('gem', gem => gem.device === 'device:card0')
    const i = one('gem', gem => gem.device === 'device:card1')
    const buf = one('file', file => file.kind === 'dmabuf')
    const node = one('file', file => file.name === 'renderD128')
    const uses = (gem: Objects['gem']): string => (pins ? `${gem.pagesUse}/${gem.pagesPin}` : String(gem.pagesUse))
    rows.push([
      step.fields.name.split(' ')[0], '|', x ? `${x.refcount} ${x.handleCount} ${uses(x)}` : 'freed', '|', buf?.fCount ?? '-', '|',
      i ? `${i.refcount} ${i.handleCount}${pins ? '' : ` ${i.pagesUse}`}` : '-', '|', node?.fCount ?? '-',
    ].join(' '))
  }
  return rows
}
const table = (text: string): string[] => text.trim().split('\n').map(row => row.trim().replace(/ +/g, ' '))

/** Row | r(X) h(X) u(X) | f | r(I) h(I) u(I) | N */
const BEGINS_52 = `
  0 | 1 1 0 | - | -     | 1
  1 | 2 1 0 | 3 | -     | 1
  2 | 2 1 0 | 3 | -     | 1
  3 | 2 1 1 | 6 | 1 1 1 | 1
  4 | 2 1 1 | 5 | 1 1 1 | 1`

test('5.2: the importer makes the mapping', () => {
  expect(counters('V1', 'K52', false)).toEqual(table(`${BEGINS_52}
  5 | 2 1 1 | 5 | 2 1 2 | 2
  6 | 2 1 1 | 5 | 1 1 1 | 1
  7 | 2 1 0 | 2 | -     | 1
  8 | freed | - | -     | 1`))
})

test('5.2 with the patch: I keeps one reference too many, and with it everything behind it', () => {
  expect(counters('V6', 'KRFC', false)).toEqual(table(`${BEGINS_52}
  5 | 3 1 2 | 6 | 2 1 1 | 1
  6 | 2 1 1 | 5 | 2 1 1 | 1
  7 | 2 1 1 | 3 | 1 0 1 | 1
  8 | 1 0 1 | 1 | 1 0 1 | 1`))
})

test('5.2, blocked: up to the import all is as ever', () => expect(counters('V2', 'KBLK', false).slice(0, 5)).toEqual(table(BEGINS_52)))

/** Row | r(X) h(X) u/p(X) | f | r(I) h(I) | N. panfrost of today holds I once more, for the place on its GPU. */
test.each(['K61', 'KNOW'])('%s: the exporter makes the mapping', kernel => {
  expect(counters('V9', kernel, true)).toEqual(table(`
  0 | 1 1 0/0 | - | -       | 1
  1 | 2 1 0/0 | 3 | -       | 1
  2 | 2 1 0/0 | 3 | -       | 1
  3 | 2 1 1/1 | 6 | ${1 + 1} 1 | 1
  4 | 2 1 1/1 | 5 | ${1 + 1} 1 | 1
  5 | 3 1 2/1 | 6 | ${1 + 1} 1 | 1
  6 | 2 1 1/1 | 5 | ${1 + 1} 1 | 1
  7 | 2 1 0/0 | 2 | -       | 1
  8 | freed   | - | -       | 1`))
})

/** The other order: the mapping outlives everything. What keeps the memory then? */
const OUTLIVES = `
process owner A {
  recv(user)
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  fd = gbm_bo_get_fd(card, bo)
  sendmsg(user, fd)
  close(fd)
  recv(user)
  drmModeDestroyDumbBuffer(card, bo)
  landmark "2 owner closed"
  send(user)
  close(card)
}
process user B {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  send(owner)
  fd = recvmsg(owner)
  bo = drmPrimeFDToHandle(gpu, fd)
  close(fd)
  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
  drmCloseBufferHandle(gpu, bo)
  landmark "1 user closed"
  send(owner)
  recv(owner)
  store(px, "ff")
  munmap(px)
  landmark "3 unmapped"
  close(gpu)
}
`

test('a mapping that outlives everything: today it holds the exporter, in 5.2 the importer, and that the exporter', () => {
  for (const kernel of ['K61', 'KNOW']) expect(counters('V9', kernel, true, OUTLIVES)).toEqual(table(`
  1 | 3 1 1/0 | 3 | - | 1
  2 | 2 0 1/0 | 1 | - | 1
  3 | freed   | - | - | 1`))
  expect(counters('V1', 'K52', false, OUTLIVES)).toEqual(table(`
  1 | 2 1 1 | 3 | 1 0 2 | 2
  2 | 1 0 1 | 1 | 1 0 2 | 2
  3 | freed | - | -     | 1`))
  expect(counters('V6', 'KRFC', false, OUTLIVES)).toEqual(table(`
  1 | 3 1 2 | 4 | 1 0 1 | 1
  2 | 2 0 2 | 2 | 1 0 1 | 1
  3 | 1 0 1 | 1 | 1 0 1 | 1`))
})
