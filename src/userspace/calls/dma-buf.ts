/** Calls on dma-bufs, sync files and their other exporters. */
import { fd, ioctl, number, text, trap, words, type Call } from '../call.ts'

const SYNC = ['DMA_BUF_SYNC_READ', 'DMA_BUF_SYNC_WRITE', 'DMA_BUF_SYNC_RW', 'DMA_BUF_SYNC_START', 'DMA_BUF_SYNC_END']
const RW = ['DMA_BUF_SYNC_READ', 'DMA_BUF_SYNC_WRITE']
const field = (name: string) => (answer: Readonly<Record<string, number | undefined>>): number => answer[name] ?? -1
const spelled = (flags: readonly string[]): readonly string[] => flags.flatMap(f => (f === 'DMA_BUF_SYNC_RW' ? RW : [f]))

export default [
  {
    name: 'DMA_BUF_IOCTL_SYNC', docs: 'Brackets CPU access to a dma-buf: START before it, END after it.', params: [fd('fd'), words('flags', SYNC, [])],
    ask: ioctl('DMA_BUF_IOCTL_SYNC', a => ({ flags: spelled(a.flags) })),
  },
  { name: 'DMA_BUF_SET_NAME', docs: 'A name for debugging.', params: [fd('fd'), text('name')], ask: ioctl('DMA_BUF_SET_NAME') },
  {
    name: 'DMA_BUF_IOCTL_EXPORT_SYNC_FILE', docs: 'The fences of a buffer as a descriptor.', params: [fd('fd'), words('flags', SYNC, RW)], gives: 'fd',
    ask: ioctl('DMA_BUF_IOCTL_EXPORT_SYNC_FILE', a => ({ flags: spelled(a.flags) })), value: field('fd'),
  },
  {
    name: 'DMA_BUF_IOCTL_IMPORT_SYNC_FILE', docs: 'Adds the fences of a sync file to a buffer.', params: [fd('fd'), fd('sync'), words('flags', SYNC, RW)],
    ask: ioctl('DMA_BUF_IOCTL_IMPORT_SYNC_FILE', a => ({ flags: spelled(a.flags), fd: a.sync })),
  },
  { name: 'SYNC_IOC_FILE_INFO', docs: 'How many fences a sync file has, and whether they are signalled.', params: [fd('fd')], ask: ioctl('SYNC_IOC_FILE_INFO') },
  { name: 'bufinfo', docs: 'debugfs: every dma-buf of the system. Root only.', params: [], ask: trap('bufinfo', () => ({})) },
  {
    name: 'memfd_create', docs: 'A memory file, empty at first.', params: [text('name'), words('flags', ['MFD_CLOEXEC', 'MFD_ALLOW_SEALING'], ['MFD_ALLOW_SEALING', 'MFD_CLOEXEC'])], gives: 'fd',
    ask: trap('memfd_create'), value: (answer: number) => answer,
  },
  {
    name: 'UDMABUF_CREATE', docs: 'A dma-buf from a part of a memory file.',
    params: [fd('fd'), fd('memfd'), number('offset', 0), number('size', 4096), words('flags', ['UDMABUF_FLAGS_CLOEXEC'], ['UDMABUF_FLAGS_CLOEXEC'])], gives: 'fd',
    ask: ioctl('UDMABUF_CREATE'), value: field('fd'),
  },
  {
    name: 'DMA_HEAP_IOCTL_ALLOC', docs: 'A dma-buf from the heap.',
    params: [fd('fd'), number('len', 4096), words('fd_flags', ['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_CLOEXEC', 'O_NONBLOCK', 'O_APPEND'], ['O_RDWR', 'O_CLOEXEC']), words('heap_flags', [], [])], gives: 'fd',
    ask: ioctl('DMA_HEAP_IOCTL_ALLOC'), value: field('fd'),
  },
] satisfies Call[]
