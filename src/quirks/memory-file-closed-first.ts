/** Pages without their file. */
import { quirk } from '../journal/quirk.ts'
import { all } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'

export default quirk({
  id: 'memory-file-closed-first',
  title: 'The memory file goes before its buffer',
  text: 'The buffer holds pages and not the file: when the file goes while pages of it are mapped, the kernel writes “Bad page cache” into its log.',
  source: { file: 'drivers/dma-buf/udmabuf.c', fn: 'udmabuf_create', version: 'v5.2 to v6.1' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61'],
    program: `
m = memfd_create("m", MFD_ALLOW_SEALING)
ftruncate(m, 8192)
fcntl(m, F_ADD_SEALS, F_SEAL_SHRINK)
u = open("/dev/udmabuf", O_RDWR)
fd = UDMABUF_CREATE(u, m, 0, 8192)
px = mmap(8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
store(px, "01")
close(m)
`,
  },
  on: ['ref.drop'],
  watch(step, world) {
    if (!is(step, 'ref.drop') || !step.fields.to.startsWith('memfd:') || step.fields.slot !== 'inode') return undefined
    if (all(world, 'ref').some(([, { to, slot }]) => to === step.fields.to && slot === 'inode')) return undefined
    const buffers = all(world, 'udmabuf').filter(([, { memfd }]) => memfd === step.fields.to).map(([id]) => id)
    const area = all(world, 'vma').find(([, { priv, flags }]) => buffers.includes(priv as Id<'udmabuf'>) && !flags.includes('pf'))
    return area ? [area[0], step.fields.to] : undefined
  },
})
