/** Mappings, and the loads and stores of the process itself. */
import { pageAlign } from '../../base/brand.ts'
import { bytes, fd, mapping, number, trap, words, type Args, type Call, type Place } from '../call.ts'

const PROT = ['PROT_READ', 'PROT_WRITE', 'PROT_EXEC', 'PROT_NONE']
const MAP = ['MAP_SHARED', 'MAP_PRIVATE', 'MAP_SHARED_VALIDATE', 'MAP_POPULATE', 'MAP_LOCKED', 'MAP_SYNC', 'MAP_FIXED']
const prot = (list: readonly string[]): readonly string[] => list.filter(word => word !== 'PROT_NONE')
const place = (a: Args, name = 'addr'): Place => a[name] as unknown as Place
const range = (extra: (a: Args) => Record<string, unknown> = () => ({})) => (a: Args) => ({ addr: place(a).addr, length: a.length ?? place(a).rest, ...extra(a) })

export default [
  {
    name: 'mmap', docs: 'Maps a file; the kernel chooses the address unless MAP_FIXED gives one. The name stands for the mapping.', done: '{actor} has **a pointer, {result}**. Which page is behind it was the business of the file that was mapped.', failed: '`mmap` **fails with {errno}**: {actor} has no pointer.',
    params: [number('length'), words('prot', PROT), words('flags', MAP), fd('fd'), number('offset', 0), mapping('addr', null)], gives: 'mapping',
    ask: trap('mmap', a => ({ addr: a.addr === null ? null : place(a).addr, length: a.length, prot: prot(a.prot), flags: a.flags, fd: a.fd, offset: a.offset })),
    value: (answer: number, a: Args) => ({ value: answer, length: pageAlign(a.length as number) }),
  },
  { name: 'munmap', docs: 'Takes a range away; without a length, the rest of the mapping.', done: '**The pointer is gone**; the buffer lives as long as anything else holds it.', params: [mapping('addr'), number('length', null)], ask: trap('munmap', range()) },
  { name: 'mprotect', docs: 'Changes what may be done with a range.', params: [mapping('addr'), words('prot', PROT), number('length', null)], ask: trap('mprotect', range(a => ({ prot: prot(a.prot) }))) },
  {
    name: 'mremap', docs: 'Moves or resizes a range. With MREMAP_MAYMOVE it goes to a fresh address.',
    params: [mapping('addr'), number('oldSize', null), number('newSize', null), words('flags', ['MREMAP_MAYMOVE', 'MREMAP_FIXED'], [])], gives: 'mapping',
    ask: trap('mremap', a => {
      const oldSize = a.oldSize ?? place(a).rest
      return { addr: place(a).addr, oldSize, newSize: a.newSize ?? oldSize, flags: a.flags, newAddr: null }
    }),
    value: (answer: number, a: Args) => ({ value: answer, length: pageAlign((a.newSize ?? a.oldSize ?? place(a).rest) as number) }),
  },
  {
    name: 'madvise', docs: 'Says what is planned with a range.',
    params: [mapping('addr'), words('advice', ['MADV_NORMAL', 'MADV_DONTNEED', 'MADV_REMOVE', 'MADV_DONTFORK', 'MADV_DOFORK', 'MADV_WIPEONFORK', 'MADV_DODUMP', 'MADV_DONTDUMP']), number('length', null)],
    ask: trap('madvise', range(a => ({ advice: (a.advice[0] as string).slice(5) }))),
  },
  { name: 'msync', docs: 'Writes a mapped file back.', params: [mapping('addr'), number('length', null)], ask: trap('msync', range()) },
  {
    name: 'smaps', docs: 'The areas in the mapping\'s original range, as /proc/self/smaps shows them.', params: [mapping('addr')],
    ask: trap('smaps', a => ({ addr: place(a).start, length: place(a).length })),
  },
  { name: 'drop_caches', docs: 'Memory is short: the kernel takes back what it may, as /proc/sys/vm/drop_caches asks.', params: [], ask: trap('drop_caches') },
  { name: 'load', docs: 'Loads bytes from a mapping.', done: '{actor} **reads** `{result}` through its mapping.', params: [mapping('addr'), number('count', 4)], ask: a => ({ ask: 'load', addr: place(a).addr, count: a.count }) },
  { name: 'store', docs: 'Stores bytes, in hexadecimal, into a mapping.', done: 'The bytes are stored. Whether they are **in a buffer, in the cache or in DRAM** now depends on how the page is mapped.', params: [mapping('addr'), bytes('bytes', '00')], ask: a => ({ ask: 'store', addr: place(a).addr, bytes: a.bytes }) },
  {
    name: 'memcpy', docs: 'Copies what one mapping shows into another.', done: '**The bytes are copied**: read through one mapping, written through the other. Nobody shares them.', failed: 'Copying **ends with {errno}**.', params: [mapping('to'), mapping('from'), number('count', 4096)],
    ask: a => ({ ask: 'copy', to: place(a, 'to').addr, from: place(a, 'from').addr, count: Math.min(a.count, place(a, 'to').rest, place(a, 'from').rest) }),
  },
  {
    name: 'fill', docs: 'Draws a picture into a mapping, one 32-bit pixel after the other; with a length, its first bytes only.', done: '**The picture is drawn.** Whether its pixels are in a write buffer, in the cache or in DRAM now depends on how the page is mapped.', failed: 'Drawing **ends with {errno}**: the pixels that came before it stay.', params: [mapping('addr'), { name: 'picture', kind: 'picture' }, number('length', null)],
    ask: a => ({ ask: 'fill', addr: place(a).addr, picture: a.picture, size: Math.min((a.length as number | null) ?? Infinity, place(a).rest) }),
  },
] satisfies Call[]
