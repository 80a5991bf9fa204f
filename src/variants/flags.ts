/** Export flags: what Mesa passes to drmPrimeHandleToFD. They decide the mode of the dma-buf file, and only when it is new. */
import { part, type Part } from '../machine/variant.ts'

const flags = (id: string, title: string, why: string, exportFlags: readonly string[]): Part =>
  part({ axis: 'flags', id, title, why, change: b => ({ ...b, mesa: { ...b.mesa, exportFlags } }) })

export default [
  flags('F0', 'DRM_CLOEXEC', 'What Mesa passed in 2019: the dma-buf file is open for reading only.', ['DRM_CLOEXEC']),
  flags('F1', 'DRM_CLOEXEC | DRM_RDWR', 'What the thread asks for: the dma-buf file is open for writing too, so it can be mapped for writing.', ['DRM_CLOEXEC', 'DRM_RDWR']),
]
