/** V5: the RFC "Export BOs in RW mode". */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V5', id: 'rfc-boris', title: 'RW export',
  why: 'One more flag at the export, and the dma-buf can be mapped for writing. The exporter makes the mapping, with its own attributes.',
  who: 'Boris Brezillon', where: 'RFC of 3 July 2019; driver by driver in Mesa from 2020 to 2025',
  parts: { flags: 'F1', path: 'D', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC | DRM_RDWR)',
})
