/** Whose line the inspector shows: that of the driver behind an object, and for a dma-buf that of its exporter, whatever that is. */
import { expect, test } from 'vitest'
import { exporters } from '../../kernel/exporter-shelf.ts'
import { drivers } from '../../kernel/boot.ts'
import { MutableSnapshot, type Snapshot } from '../../journal/snapshot.ts'
import { runRecipe } from '../../worker/run-recipe.ts'
import { inShortOf } from './in-short.ts'

/** The lines for every object of a kind that the program leaves. */
function lines(program: string, kind: string, exporter = 'E1') {
  const { journal } = runRecipe({ scenario: 'canonical', variant: 'V5', kernel: 'K61', platform: 'rk3399', exporter, program: `process a A {\n${program}\n}` })
  const world = new MutableSnapshot()
  for (const step of journal.steps) world.apply(step)
  return [...world.records.keys()].filter(id => id.startsWith(`${kind}:`)).map(id => inShortOf([id], journal.header, [world as Snapshot]).map(({ as, who, text }) => `${as} ${who}: ${text}`))
}
const SHARE = `card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_RDWR)
gpu = open("/dev/dri/renderD128", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
px = mmap(4096, PROT_READ, MAP_SHARED, fd)`
const EXPORTER = `exporter kms-shmem (card0): ${drivers['kms-shmem']!.inShort}`
const IMPORTER = `importer panfrost (card1): ${drivers['panfrost']!.inShort}`

test('a device, an own object and an import, a dma-buf, an attachment, an area', () => {
  expect(lines(SHARE, 'device')).toEqual([[EXPORTER.replace('exporter', 'driver')], [IMPORTER.replace('importer', 'driver')]])
  expect(lines(SHARE, 'gem')).toEqual([[EXPORTER.replace('exporter', 'driver')], [EXPORTER, IMPORTER]])
  expect(lines(SHARE, 'dma_buf')).toEqual([[EXPORTER]])
  expect(lines(SHARE, 'attachment')).toEqual([[EXPORTER, IMPORTER]])
  expect(lines(SHARE, 'vma')).toEqual([[EXPORTER.replace('exporter', 'driver')]])
  expect(lines(SHARE, 'task')).toEqual([[]])
})

test('a dma-buf that no DRM driver exports shows the line of its exporter, and its import that too', () => {
  const HEAP = `heap = open("/dev/dma_heap/system", O_RDWR)
fd = DMA_HEAP_IOCTL_ALLOC(heap, 4096, O_RDWR)
gpu = open("/dev/dri/renderD128", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)`
  const heap = `exporter null: ${exporters.find(({ kind }) => kind === 'heap_buffer')!.inShort}`
  expect(lines(HEAP, 'dma_buf')).toEqual([[heap]])
  expect(lines(HEAP, 'attachment')).toEqual([[heap, IMPORTER]])
  expect(lines(HEAP, 'gem')).toEqual([[heap, IMPORTER]])
  const MEMFD = `m = memfd_create("m", MFD_ALLOW_SEALING)
ftruncate(m, 4096)
fcntl(m, F_ADD_SEALS, F_SEAL_SHRINK)
u = open("/dev/udmabuf", O_RDWR)
fd = UDMABUF_CREATE(u, m, 0, 4096)`
  expect(lines(MEMFD, 'dma_buf')).toEqual([[`exporter null: ${exporters.find(({ kind }) => kind === 'udmabuf')!.inShort}`]])
})

test('every driver and exporter says what it does, also on SYNC', () => {
  for (const { inShort } of [...Object.values(drivers), ...exporters]) {
    expect(inShort).toMatch(/^[^\n]{40,220}\.$/)
    expect(inShort, inShort).toMatch(/SYNC|cannot be shared/)
  }
})
