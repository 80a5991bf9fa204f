/** Sync discipline: does user space bracket its access with DMA_BUF_IOCTL_SYNC? */
import { part } from '../machine/variant.ts'

export default [
  part({ axis: 'sync', id: 'Y0', title: 'no SYNC', why: 'Mesa brackets nothing: correct only where the caches do not matter.', change: b => ({ ...b, mesa: { ...b.mesa, sync: false } }) }),
  part({ axis: 'sync', id: 'Y1', title: 'SYNC around access', why: 'DMA_BUF_IOCTL_SYNC with START before and END after the drawing. It helps only if the exporter does something there.', change: b => ({ ...b, mesa: { ...b.mesa, sync: true } }) }),
]
