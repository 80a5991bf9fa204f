/**
 * Programs made by chance, for tests: three processes that share their names, every call of the language, most of them with
 * arguments that could work. The same seed gives the same text.
 */
import type { DeviceSpec } from './blueprint.ts'

/** A small generator of its own: the machine's choices are not touched. */
export class Dice {
  private state: number
  constructor(seed: number) { this.state = (seed * 0x9e3779b1 + 0x7f4a7c15) >>> 0 }
  /** A number below n. */
  below(n: number): number {
    this.state = (Math.imul(this.state ^ (this.state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0
    const mixed = Math.imul(this.state ^ (this.state >>> 12), 0x297a2d39) >>> 0
    return (mixed >>> 3) % n
  }
  chance(percent: number): boolean { return this.below(100) < percent }
  of<T>(list: readonly T[]): T { return list[this.below(list.length)]! }
  some(list: readonly string[], percent = 40): string { return list.filter(() => this.chance(percent)).join(' | ') || '0' }
}

/** What a name stands for if all went well. `on`: the descriptor it belongs to. */
/** GPUs with calls of their own. */
const GPUS = ['panfrost', 'etnaviv', 'msm', 'v3d', 'lima'] as const
type Gpu = (typeof GPUS)[number]
type Kind = 'node' | Gpu | 'vgem' | 'handle' | 'buffer' | 'mapping' | 'offset' | 'memfd' | 'sync' | 'fence' | 'fb' | 'gemname' | 'bo' | 'va' | 'heap' | 'udmabuf' | 'video' | 'null'
interface Known { readonly name: string; readonly kind: Kind; readonly on: string; readonly pages: number }

interface Deck { readonly dice: Dice; readonly devices: readonly DeviceSpec[]; /** What the process that is written has. */ known: Known[]; next: number; process: string; /** The line drawn needs something that is not there. */ missing: boolean; readonly others: readonly string[]; readonly blocks: Readonly<Record<string, string[]>>; readonly pools: Readonly<Record<string, Known[]>> }

const SIZES = [4096, 4096, 4096, 8192, 16384]
const WILD = ['-1', '0', '3', '7', '4096', '0xffffffff', '4294967296', '9007199254740991', '0x7fffffffffff']

/** A name of that kind, mostly a late one; sometimes any number at all. */
function pick(d: Deck, kind: Kind | readonly Kind[]): Known | null {
  const kinds = typeof kind === 'string' ? [kind] : kind
  const fitting = d.known.filter(known => kinds.includes(known.kind))
  if (fitting.length === 0) return null
  const last = fitting.slice(-4)
  return d.dice.of(d.dice.chance(75) ? last : fitting)
}
/** A handle, or what was made of one, of a node of that kind. */
function pickOn(d: Deck, kind: Kind, node: Kind): Known | null {
  const fitting = d.known.filter(known => known.kind === kind && d.known.some(on => on.name === known.on && on.kind === node))
  return fitting.length ? d.dice.of(fitting) : null
}
function number(d: Deck, known: Known | null): string {
  d.missing ||= known === null
  if (known === null || d.dice.chance(4)) return d.dice.of(d.dice.chance(50) && d.known.length ? d.known.map(k => k.name) : WILD)
  return known.name
}
/** A place in a mapping: only a name can stand there, or a number now and then. */
function place(d: Deck, known: Known | null): string {
  d.missing ||= known === null
  if (known === null || d.dice.chance(3)) return d.dice.of(WILD)
  return d.dice.chance(15) ? `${known.name} + ${d.dice.of([4, 64, 4096, 8192])}` : known.name
}

/** The name of a thing that cannot be a number; any name that was ever given, if there is none. */
function needed(d: Deck, kind: Kind): string {
  const known = pick(d, kind)
  d.missing ||= known === null
  return known?.name ?? d.dice.of(d.known).name
}

function give(d: Deck, prefix: string, kind: Kind, call: string, on = '', pages = 1): string {
  const name = d.dice.chance(4) && d.known.length ? d.dice.of(d.known).name : `${prefix}${d.next++}`
  const at = d.known.findIndex(known => known.name === name)
  if (at >= 0) d.known.splice(at, 1)
  d.known.push({ name, kind, on, pages })
  return `${name} = ${call}`
}

const nodeFor = (d: Deck, known: Known | null): string => (known === null || known.on === '' || d.dice.chance(6) ? number(d, pick(d, DRM)) : known.on)
const DRM: readonly Kind[] = ['node', ...GPUS, 'vgem']
const kindOf = (driver: string): Kind => DRM.find(kind => kind === driver) ?? 'node'
const FILE: readonly Kind[] = [...DRM, 'buffer', 'buffer', 'memfd', 'sync', 'heap', 'udmabuf', 'video', 'null']
const other = (d: Deck): string => d.dice.of(d.others)

type Make = (d: Deck) => string

const CAPTURE = 'V4L2_BUF_TYPE_VIDEO_CAPTURE'

/** Calls of one GPU's driver: a buffer, rarely a strange one, its offset, and what is asked with a handle. */
interface Own { readonly NEW: (size: string) => string; readonly strange: (size: string) => string; readonly cached: (size: string) => string; readonly offset: string; readonly others: readonly string[] }
function own(gpu: Gpu, { NEW, strange, cached, offset, others }: Own): (readonly [number, Make])[] {
  const name = (call: string): string => `DRM_IOCTL_${gpu.toUpperCase()}_${call}`
  return [
    [3, d => {
      const node = pick(d, gpu)
      const make = d.dice.chance(70) ? NEW : d.dice.of([strange, cached])
      return give(d, 'h', 'handle', name(make(String(d.dice.of(SIZES))).replace('(', `(${number(d, node)}, `)) + ')', node?.name ?? '')
    }],
    [3, d => { const h = pickOn(d, 'handle', gpu); return give(d, 'o', 'offset', `${name(offset)}(${nodeFor(d, h)}, ${number(d, h)})`, h?.on ?? '', h?.pages ?? 1) }],
    [3, d => {
      const h = pickOn(d, 'handle', gpu)
      const [call, ...rest] = d.dice.of(others).split(' ') as [string, ...string[]]
      return `${name(call)}(${nodeFor(d, h)}, ${number(d, h)}${rest.length ? `, ${rest.join(' ')}` : ''})`
    }],
  ]
}

/** How often each line is drawn, and how it is written. */
const LINES: readonly (readonly [number, Make])[] = [
  [10, d => {
    const { driver, card, render } = d.dice.of(d.devices)
    const path = render !== null && d.dice.chance(40) ? render : card
    return give(d, 'f', kindOf(driver), `open("/dev/dri/${path}", ${d.dice.chance(92) ? 'O_RDWR | O_CLOEXEC' : d.dice.of(['O_RDONLY', 'O_WRONLY'])})`)
  }],
  [2, d => { const [kind, path] = d.dice.of([['heap', '/dev/dma_heap/system'], ['heap', '/dev/dma_heap/reserved'], ['udmabuf', '/dev/udmabuf'], ['null', '/dev/null']] as const); return give(d, 'x', kind, `open("${path}", O_RDWR)`) }],
  [3, d => `close(${number(d, pick(d, FILE))})`],
  [2, d => { const known = pick(d, FILE); return give(d, 'f', known?.kind ?? 'null', `dup(${number(d, known)})`, known?.on ?? '', known?.pages ?? 1) }],
  [1, d => { const known = pick(d, FILE); return give(d, 'f', known?.kind ?? 'null', `reopen(${number(d, known)}, ${d.dice.of(['O_RDWR', 'O_RDONLY'])})`) }],
  [2, d => `fcntl(${number(d, pick(d, FILE))}, ${d.dice.of(['F_GETFL', 'F_GETFD', 'F_SETFD, FD_CLOEXEC', 'F_SETFL, O_NONBLOCK | O_RDWR', 'F_GET_SEALS', `F_ADD_SEALS, ${d.dice.some(['F_SEAL_SHRINK', 'F_SEAL_GROW', 'F_SEAL_WRITE'])}`])})`],
  [2, d => `lseek(${number(d, pick(d, ['buffer', 'memfd']))}, ${d.dice.of(['0', '0', '4096', '-1'])}, ${d.dice.of(['SEEK_END', 'SEEK_SET', 'SEEK_CUR', 'SEEK_DATA'])})`],
  [1, d => `read(${number(d, pick(d, ['memfd', 'memfd', 'buffer', 'null']))}, 8)`],
  [1, d => `write(${number(d, pick(d, ['memfd', 'memfd', 'buffer', 'null']))}, "0102a5")`],
  [1, d => `${d.dice.of(['fstat', 'fdinfo'])}(${number(d, pick(d, FILE))})`],
  [1, d => `kcmp(${other(d)}, ${number(d, pick(d, FILE))}, ${number(d, pick(d, FILE))})`],
  [2, d => `poll(${number(d, pick(d, ['buffer', 'buffer', 'sync', 'node']))}, ${d.dice.of(['POLLIN', 'POLLOUT', 'POLLIN | POLLOUT'])})`],
  [1, d => `ioctl(${number(d, pick(d, FILE))}, ${d.dice.of(['0x40086200', '0xc0106409', '1'])})`],
  [3, d => {
    const known = pick(d, ['buffer', 'buffer', 'node', ...GPUS, 'memfd'])
    const to = other(d)
    // The other process takes it, and has it from then on.
    if (known && to !== d.process && d.dice.chance(70)) {
      const name = `r${d.next++}`
      d.blocks[to]!.push(`${name} = recvmsg(${d.process})`)
      d.pools[to]!.push({ ...known, name, on: '' })
    }
    return `sendmsg(${to}, ${number(d, known)})`
  }],
  [0.1, d => give(d, 'd', 'buffer', `recvmsg(${other(d)})`)],
  [1, d => `send(${other(d)})`],
  [0.1, d => `recv(${other(d)})`],
  [0.3, d => `fork(${other(d)})`],
  [0.2, d => `spawn(${other(d)})`],
  [0.1, () => 'setuid(1000)'],
  [0.5, () => 'drop_caches()'],
  [1, () => 'sigaction(SIGSEGV | SIGBUS)'],
  [10, d => {
    const node = pick(d, ['node', 'vgem'])
    const pages = d.dice.of([1, 1, 2, 4])
    return give(d, 'h', 'handle', `${d.dice.of(['DRM_IOCTL_MODE_CREATE_DUMB', 'drmModeCreateDumbBuffer'])}(${number(d, node)}, 64, ${16 * pages}, ${d.dice.chance(95) ? 32 : d.dice.of([0, 16, 99])})`, node?.name ?? '', pages)
  }],
  [3, d => { const node = pick(d, 'panfrost'); return give(d, 'h', 'handle', `DRM_IOCTL_PANFROST_CREATE_BO(${number(d, node)}, ${d.dice.of(SIZES)}, ${d.dice.of(['0', '0', 'PANFROST_BO_NOEXEC', 'PANFROST_BO_HEAP'])})`, node?.name ?? '') }],
  [6, d => { const h = d.dice.chance(80) ? pickOn(d, 'handle', d.dice.of(['node', 'vgem'])) : pick(d, 'handle'); return give(d, 'o', 'offset', `${d.dice.of(['DRM_IOCTL_MODE_MAP_DUMB', 'drmModeMapDumbBuffer'])}(${nodeFor(d, h)}, ${number(d, h)})`, h?.on ?? '', h?.pages ?? 1) }],
  [5, d => { const h = pickOn(d, 'handle', 'panfrost'); return give(d, 'o', 'offset', `DRM_IOCTL_PANFROST_MMAP_BO(${nodeFor(d, h)}, ${number(d, h)}${d.dice.chance(5) ? ', 0x1' : ''})`, h?.on ?? '', h?.pages ?? 1) }],
  [2, d => { const h = pickOn(d, 'handle', 'panfrost'); return give(d, 'v', 'va', `DRM_IOCTL_PANFROST_GET_BO_OFFSET(${nodeFor(d, h)}, ${number(d, h)})`, h?.on ?? '', h?.pages ?? 1) }],
  [1, d => { const h = pickOn(d, 'handle', 'panfrost'); return `DRM_IOCTL_PANFROST_MADVISE(${nodeFor(d, h)}, ${number(d, h)}, ${d.dice.of(['PANFROST_MADV_WILLNEED', 'PANFROST_MADV_DONTNEED'])})` }],
  [2, d => { const h = pick(d, 'handle'); return `${d.dice.of(['DRM_IOCTL_GEM_CLOSE', 'DRM_IOCTL_MODE_DESTROY_DUMB', 'drmCloseBufferHandle', 'drmModeDestroyDumbBuffer'])}(${nodeFor(d, h)}, ${number(d, h)})` }],
  [8, d => {
    const h = pick(d, 'handle')
    const flags = d.dice.of(['DRM_CLOEXEC', 'DRM_CLOEXEC | DRM_RDWR', 'DRM_RDWR'])
    const call = d.dice.of([`DRM_IOCTL_PRIME_HANDLE_TO_FD(${nodeFor(d, h)}, ${number(d, h)}, ${flags})`, `drmPrimeHandleToFD(${nodeFor(d, h)}, ${number(d, h)}, ${flags})`, `gbm_bo_get_fd(${nodeFor(d, h)}, ${number(d, h)})`])
    return give(d, 'd', 'buffer', call, h?.on ?? '', h?.pages ?? 1)
  }],
  [8, d => {
    const node = pick(d, d.dice.chance(50) ? GPUS : DRM)
    const buffer = pick(d, 'buffer')
    return give(d, 'h', 'handle', `${d.dice.of(['DRM_IOCTL_PRIME_FD_TO_HANDLE', 'drmPrimeFDToHandle'])}(${number(d, node)}, ${number(d, buffer)})`, node?.name ?? '', buffer?.pages ?? 1)
  }],
  [1, d => { const h = pick(d, 'handle'); return give(d, 'g', 'gemname', `DRM_IOCTL_GEM_FLINK(${nodeFor(d, h)}, ${number(d, h)})`, h?.on ?? '', h?.pages ?? 1) }],
  [2, d => { const g = pick(d, 'gemname'); return give(d, 'h', 'handle', `DRM_IOCTL_GEM_OPEN(${nodeFor(d, g)}, ${number(d, g)})`, g?.on ?? '', g?.pages ?? 1) }],
  [1, d => `DRM_IOCTL_GET_CAP(${number(d, pick(d, DRM))}, ${d.dice.of(['DRM_CAP_PRIME', 'DRM_CAP_DUMB_BUFFER'])})`],
  [5, d => { const h = pickOn(d, 'handle', 'node'); return give(d, 'b', 'fb', `${d.dice.of(['DRM_IOCTL_MODE_ADDFB', 'drmModeAddFB'])}(${nodeFor(d, h)}, ${d.dice.of(['64, 16, 256', '32, 32, 128', '64, 99, 256'])}, ${number(d, h)})`, h?.on ?? '') }],
  [3, d => { const b = pick(d, 'fb'); return `${d.dice.of(['DRM_IOCTL_MODE_RMFB', 'drmModeRmFB'])}(${nodeFor(d, b)}, ${number(d, b)})` }],
  [5, d => { const b = pick(d, 'fb'); const node = nodeFor(d, b); return `${d.dice.of(['DRM_IOCTL_MODE_PAGE_FLIP', 'drmModePageFlip'])}(${node}, ${number(d, b)})${d.dice.chance(60) ? `\n  drmHandleEvent(${node})` : ''}` }],
  [1, d => `${d.dice.of(['gem_names', 'fb_info'])}("/dev/dri/${d.dice.of(d.devices).card}")`],
  [2, d => { const h = pickOn(d, 'handle', 'vgem'); return give(d, 'e', 'fence', `DRM_IOCTL_VGEM_FENCE_ATTACH(${nodeFor(d, h)}, ${number(d, h)}, ${d.dice.of(['0', 'VGEM_FENCE_WRITE'])})`, h?.on ?? '') }],
  [1, d => { const e = pick(d, 'fence'); return `DRM_IOCTL_VGEM_FENCE_SIGNAL(${nodeFor(d, e)}, ${number(d, e)})` }],
  [9, d => { const o = pick(d, 'offset'); return map(d, nodeFor(d, o), number(d, o), o) }],
  [6, d => { const b = pick(d, ['buffer', 'buffer', 'memfd']); return map(d, number(d, b), d.dice.chance(93) ? '0' : '4096', b) }],
  [2, d => `munmap(${place(d, pick(d, 'mapping'))}, ${d.dice.chance(20) ? '4096' : 'REST'})`],
  [2, d => `mprotect(${place(d, pick(d, 'mapping'))}, ${d.dice.of(['PROT_READ', 'PROT_READ | PROT_WRITE', 'PROT_NONE', 'PROT_READ | PROT_EXEC'])}, ${d.dice.of(['REST', '4096'])})`],
  [1, d => { const m = pick(d, 'mapping'); return give(d, 'm', 'mapping', `mremap(${place(d, m)}, ${d.dice.of(['REST, REST', 'REST, 4096', '4096, 8192'])}, ${d.dice.of(['MREMAP_MAYMOVE | MREMAP_FIXED', '0'])})`, '', m?.pages ?? 1) }],
  [1, d => `madvise(${place(d, pick(d, 'mapping'))}, MADV_${d.dice.of(['NORMAL', 'DONTNEED', 'REMOVE', 'DONTFORK', 'DOFORK', 'WIPEONFORK', 'DODUMP', 'DONTDUMP'])}, REST)`],
  [1, d => `msync(${place(d, pick(d, 'mapping'))}, REST)`],
  [1, d => `smaps(${place(d, pick(d, 'mapping'))})`],
  [6, d => `load(${place(d, pick(d, 'mapping'))}, ${d.dice.of([1, 4, 64])})`],
  [6, d => `store(${place(d, pick(d, 'mapping'))}, "${d.dice.of(['a5', '01020304', '00'.repeat(64)])}")`],
  [1, d => d.dice.chance(20) ? 'drain()' : `${d.dice.of(['evict', 'evict_linear', 'prefetch', 'gpu_evict'])}(${[place(d, pick(d, 'mapping')), ...d.dice.of([[], ['REST'], ['4096, 256, 128']])].join(', ')})`],
  [2, d => `fill(${place(d, pick(d, 'mapping'))}, ${d.dice.of(['night', 'day'])})`],
  [1, d => `memcpy(${place(d, pick(d, 'mapping'))}, ${place(d, pick(d, 'mapping'))})`],
  [4, d => `DMA_BUF_IOCTL_SYNC(${number(d, pick(d, 'buffer'))}, ${d.dice.of(['DMA_BUF_SYNC_START', 'DMA_BUF_SYNC_END'])} | ${d.dice.of(['DMA_BUF_SYNC_READ', 'DMA_BUF_SYNC_WRITE', 'DMA_BUF_SYNC_RW'])})`],
  [1, d => `DMA_BUF_SET_NAME(${number(d, pick(d, 'buffer'))}, "${d.dice.of(['cup', '', 'a name that is much too long for a buffer'])}")`],
  [3, d => give(d, 's', 'sync', `DMA_BUF_IOCTL_EXPORT_SYNC_FILE(${number(d, pick(d, 'buffer'))}, ${d.dice.of(['DMA_BUF_SYNC_READ', 'DMA_BUF_SYNC_WRITE'])})`)],
  [4, d => `DMA_BUF_IOCTL_IMPORT_SYNC_FILE(${number(d, pick(d, 'buffer'))}, ${number(d, pick(d, 'sync'))}, ${d.dice.of(['DMA_BUF_SYNC_READ', 'DMA_BUF_SYNC_WRITE'])})`],
  [2, d => `SYNC_IOC_FILE_INFO(${number(d, pick(d, 'sync'))})`],
  [1, () => 'bufinfo()'],
  [3, d => {
    const line = give(d, 'q', 'memfd', 'memfd_create("m", MFD_ALLOW_SEALING | MFD_CLOEXEC)')
    return d.dice.chance(60) ? `${line}\n  ftruncate(${line.split(' ')[0]}, 16384)\n  fcntl(${line.split(' ')[0]}, F_ADD_SEALS, F_SEAL_SHRINK)` : line
  }],
  [2, d => `ftruncate(${number(d, pick(d, 'memfd'))}, ${d.dice.of([4096, 8192, 16384, 0])})`],
  [1, d => `fallocate(${number(d, pick(d, 'memfd'))}, ${d.dice.of(['0', 'FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE'])}, 0, ${d.dice.of(SIZES)})`],
  [2, d => give(d, 'd', 'buffer', `UDMABUF_CREATE(${number(d, pick(d, 'udmabuf'))}, ${number(d, pick(d, 'memfd'))}, 0, ${d.dice.of([4096, 8192, 0])})`)],
  [2, d => give(d, 'd', 'buffer', `DMA_HEAP_IOCTL_ALLOC(${number(d, pick(d, 'heap'))}, ${d.dice.of(SIZES)}, ${d.dice.of(['O_RDWR | O_CLOEXEC', 'O_RDONLY'])})`)],
  [1, d => give(d, 'd', 'buffer', `dmabuf_heap_alloc(${number(d, pick(d, 'heap'))}, ${d.dice.of(SIZES)})`)],
  [2, d => {
    const line = give(d, 'x', 'video', `open("/dev/video${d.dice.of([0, 1])}", O_RDWR)`)
    return d.dice.chance(80) ? `${line}\n  VIDIOC_REQBUFS(${line.split(' ')[0]}, 2, ${CAPTURE}, V4L2_MEMORY_MMAP)` : line
  }],
  [1, d => `VIDIOC_REQBUFS(${number(d, pick(d, 'video'))}, ${d.dice.of([1, 2, 2, 0])}, ${d.dice.chance(90) ? CAPTURE : 'V4L2_BUF_TYPE_VIDEO_OUTPUT'}, ${d.dice.chance(90) ? 'V4L2_MEMORY_MMAP' : 'V4L2_MEMORY_USERPTR'})`],
  [2, d => { const v = pick(d, 'video'); return give(d, 'o', 'offset', `VIDIOC_QUERYBUF(${number(d, v)}, ${CAPTURE}, ${d.dice.of([0, 0, 1])})`, v?.name ?? '') }],
  [2, d => {
    const v = number(d, pick(d, 'video'))
    return give(d, 'd', 'buffer', d.dice.chance(50) ? `exportDmabufFd(${v}, ${d.dice.of([0, 0, 1])})` : `VIDIOC_EXPBUF(${v}, ${CAPTURE}, ${d.dice.of([0, 0, 1])}, ${d.dice.of([0, 0, 0, 1])}, ${d.dice.of(['O_RDWR | O_CLOEXEC', 'O_RDONLY', 'O_RDWR | O_APPEND'])})`)
  }],
  [4, d => { const node = pick(d, GPUS); return give(d, 'w', 'bo', `gbm_bo_import(${number(d, node)}, ${number(d, pick(d, 'buffer'))})`, node?.name ?? '') }],
  [3, d => { const w = needed(d, 'bo'); return give(d, 'm', 'mapping', `gbm_bo_map(${w})`) }],
  [3, d => { const w = needed(d, 'bo'); return `${d.dice.of(['gbm_bo_unmap', 'gbm_bo_destroy'])}(${w})` }],
  [2, d => {
    const w = pick(d, 'bo')
    const v = pick(d, 'va')
    const h = pick(d, 'handle')
    d.missing ||= w === null && v === null
    const parts = [...(w ? [`read(${w.name})`, `write(${w.name}, day)`] : []), ...(v ? [`read(${v.name}, 4096)`, `write(${v.name}, 4096, night)`] : []), ...(h ? [`uses(${h.name})`] : [])]
    return `${d.dice.of(['DRM_IOCTL_PANFROST_SUBMIT', 'glFlush'])}(${nodeFor(d, w ?? v)}, ${parts.filter(() => d.dice.chance(60)).join(', ') || 'read(33554432, 4096)'})`
  }],
  [1, d => { const h = pickOn(d, 'handle', 'panfrost'); return `${d.dice.of(['DRM_IOCTL_PANFROST_WAIT_BO', 'glFinish'])}(${nodeFor(d, h)}, ${number(d, h)}${d.dice.of(['', ', 0', ', 1000'])})` }],
  ...own('etnaviv', {
    NEW: size => `GEM_NEW(${size}, ETNA_BO_WC`, strange: size => `GEM_NEW(${size}, 0x8`, cached: size => `GEM_NEW(${size}, ETNA_BO_CACHED`, offset: 'GEM_INFO', others: ['GEM_CPU_PREP ETNA_PREP_READ', 'GEM_CPU_PREP ETNA_PREP_WRITE | ETNA_PREP_NOSYNC', 'GEM_CPU_FINI'],
  }),
  ...own('msm', {
    NEW: size => `GEM_NEW(${size}, MSM_BO_WC`, strange: size => `GEM_NEW(${size}, MSM_BO_WC | MSM_BO_NO_SHARE`, cached: size => `GEM_NEW(${size}, MSM_BO_CACHED`, offset: 'GEM_INFO', others: ['GEM_INFO MSM_INFO_GET_IOVA', 'GEM_CPU_PREP MSM_PREP_READ', 'GEM_CPU_PREP MSM_PREP_WRITE | MSM_PREP_NOSYNC', 'GEM_CPU_FINI'],
  }),
  ...own('v3d', { NEW: size => `CREATE_BO(${size}`, strange: size => `CREATE_BO(${size}, 0x8`, cached: () => 'CREATE_BO(0', offset: 'MMAP_BO', others: ['GET_BO_OFFSET', 'WAIT_BO', 'WAIT_BO 0'] }),
  ...own('lima', { NEW: size => `GEM_CREATE(${size}`, strange: size => `GEM_CREATE(${size}, 0x8`, cached: () => 'GEM_CREATE(0', offset: 'GEM_INFO', others: ['GEM_WAIT LIMA_GEM_WAIT_READ', 'GEM_WAIT LIMA_GEM_WAIT_WRITE, 0'] }),
]

const TOTAL = LINES.reduce((sum, [weight]) => sum + weight, 0)

function map(d: Deck, fd: string, offset: string, known: Known | null): string {
  const pages = d.dice.chance(92) ? known?.pages ?? 1 : d.dice.of([1, 2, 9])
  const prot = d.dice.of(['PROT_READ | PROT_WRITE', 'PROT_READ | PROT_WRITE', 'PROT_READ', 'PROT_NONE', 'PROT_READ | PROT_EXEC'])
  const flags = d.dice.of(['MAP_SHARED', 'MAP_SHARED', 'MAP_SHARED', 'MAP_SHARED', 'MAP_SHARED | MAP_POPULATE', 'MAP_SHARED_VALIDATE', 'MAP_PRIVATE', 'MAP_SHARED | MAP_LOCKED'])
  const at = pick(d, 'mapping')
  return give(d, 'm', 'mapping', `mmap(${pages * 4096}, ${prot}, ${flags}${at && d.dice.chance(5) ? ` | MAP_FIXED, ${fd}, ${offset}, ${at.name}` : `, ${fd}, ${offset}`})`, '', pages)
}

/** A line for which everything is there, if a few draws find one. */
function draw(d: Deck): string {
  for (let tries = 0; ; tries++) {
    const before = [...d.known]
    d.missing = false
    const line = drawOne(d)
    if (!d.missing || tries === 6) return line
    d.known.splice(0, d.known.length, ...before)
  }
}
function drawOne(d: Deck): string {
  let at = d.dice.below(TOTAL * 10) / 10
  for (const [weight, make] of LINES) {
    at -= weight
    if (at < 0) return make(d)
  }
  return 'poll(-1)'
}

/** `length` lines, dealt to three processes; c begins when somebody forks or spawns it. */
export function randomProgram(seed: number, devices: readonly DeviceSpec[], length: number): string {
  const dice = new Dice(seed)
  const blocks: Record<string, string[]> = { a: ['sigaction(SIGSEGV | SIGBUS)'], b: ['sigaction(SIGSEGV | SIGBUS)'], c: [] }
  const names = Object.keys(blocks)
  const pools: Record<string, Known[]> = { a: [], b: [], c: [] }
  const deck: Deck = { dice, devices, known: [], next: 1, process: 'a', missing: false, others: names, blocks, pools }
  for (const process of names) {
    deck.known = pools[process]!
    devices.forEach(({ driver, card, render }) => blocks[process]!.push(give(deck, 'f', kindOf(driver), `open("/dev/dri/${driver === 'panfrost' ? render : card}", O_RDWR | O_CLOEXEC)`)))
  }
  for (let i = 0; i < length; i++) {
    // Runs of lines in one process, so that its descriptors meet its calls.
    if (i === length >> 1) blocks.a!.push(`${dice.of(['fork', 'spawn'])}(c)`)
    if (dice.chance(6)) deck.process = dice.of(names)
    deck.known = pools[deck.process]!
    blocks[deck.process]!.push(draw(deck))
  }
  const shared = [...new Set(Object.values(blocks).flat().flatMap(line => /^(\w+) = /.exec(line)?.[1] ?? []))]
  return [['shared', ...shared].join(' '), ...Object.entries(blocks).map(([name, lines]) => `${['process', name, ...(name === 'c' ? ['later'] : []), '{'].join(' ')}\n${lines.map(line => `  ${line}\n`).join('')}  exit()\n}`)].join('\n')
}
