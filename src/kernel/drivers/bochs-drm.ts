/** bochs: a display card with memory of its own. Mirrors: drivers/gpu/drm/tiny/bochs.c. Leaves out: the limit of its memory. It shares no buffers. */
import { driver } from '../driver.ts'
import { ttmHooks52, ttmHooksNow } from '../ttm.ts'

export default driver({
  name: 'bochs-drm',
  inShort: 'Buffers in the card\'s own memory, which cannot be shared (ENOSYS).',
  releases: { '5.2': { ...ttmHooks52, canExport: false, canImport: false }, '6.1': { ...ttmHooksNow, canExport: false, canImport: false }, '6.12': { ...ttmHooksNow, canExport: true, canImport: true } },
})
