/**
 * DMA_BUF_SET_NAME: a name for people who debug, at most 31 characters.
 * Mirrors: dma_buf_set_name (dma-buf.c); since 5.3.
 * Leaves out: the lock that lists of buffers read the name under.
 */
import { fn, type Kernel } from '../context.ts'
import { done, fail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import type { Id } from '../../journal/vocabulary.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'dmabuf.name': { dmaBuf: Id<'dma_buf'>; name: string }; 'dmabuf.refused.name': { name: string } }
}

export default ioctl<{ name: string }>({
  name: 'DMA_BUF_SET_NAME',
  on: 'dmabuf',
  since: '5.3',
  says: { 'dmabuf.name': '{dmaBuf} is called **{name}** now.', 'dmabuf.refused.name': 'A name may have **31 characters**, and this one is longer: EINVAL.' },
  run: fn('dma_buf_set_name', (k: Kernel, file: Id<'file'>, { name }: { name: string }): Outcome => {
    const dmaBuf = k.world.get(file).priv as Id<'dma_buf'>
    if (name.length > 31) {
      k.world.emit('dmabuf.refused.name', { name })
      return fail('EINVAL')
    }
    k.world.set(dmaBuf, 'name', name)
    k.world.set(dmaBuf, 'named', true)
    k.world.emit('dmabuf.name', { dmaBuf, name })
    return done(0)
  }),
})
