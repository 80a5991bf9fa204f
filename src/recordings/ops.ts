/**
 * One operation of a recording (the vocabulary of the recordings' format) as system calls of the simulated kernel, and their answer as a result.
 * Everything that belongs to the recorder and not to the kernel is here: names that stand for numbers, flag words, inode numbers.
 */
import { PAGE_SIZE, pageAlign } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Booted } from '../kernel/boot.ts'
import type { Kernel } from '../kernel/context.ts'
import { Fail, type Outcome } from '../kernel/fail.ts'
import { load, store, type Accessed } from '../kernel/fault.ts'
import { killTask } from '../kernel/task.ts'
import { trap } from '../kernel/trap.ts'

export type Op = Readonly<Record<string, string | number>> & { readonly op: string }
export type Result = Record<string, unknown> & { r: string }

/** `value`: what a number name stands for. A mapping has an address and a length; null: the naming op failed. */
interface Named { readonly value: number | null; readonly addr: number; readonly length: number }
export interface Node { readonly driver: string; readonly node: string; readonly minor: number }

/** Where the recorder puts mappings. */
const SLOT_BASE = 0x100000000000
const SLOT_SIZE = 0x10000000

const SKIP: Result = { r: 'skip' }

export class Replayer {
  private readonly names = new Map<string, Named>()
  private readonly inodes = new Map<string, string>()
  private readonly booted: Booted
  private readonly nodes: readonly Node[]
  constructor(booted: Booted, nodes: readonly Node[]) {
    this.booted = booted
    this.nodes = nodes
    booted.start('p1')
  }

  /** undefined: this operation has no model. */
  run(op: Op): Result | undefined {
    if (op.op === 'noop') return { r: 'ok' }
    const k = this.context(op.p ?? 'p1')
    const { world } = k
    if (op.op === 'spawn') {
      const id: Id<'task'> = `task:${op.as}`
      if (!/^p[1-6]$/.test(String(op.as)) || world.has(id)) return SKIP
      this.booted.start(String(op.as))
      return { r: 'ok' }
    }
    const task = world.find(k.task)
    if (!task || task.state === 'exited') return SKIP
    world.actor = k.task
    const run = OPS[op.op]
    if (!run) return undefined
    this.bound = { value: null, addr: 0, length: 0 }
    const result = run(this, k, op)
    if (op.as !== undefined && op.op !== 'fork' && result !== SKIP) this.names.set(String(op.as), this.bound)
    return result
  }

  private readonly contexts = new Map<string | number, Kernel>()
  private context(p: string | number): Kernel {
    const known = this.contexts.get(p)
    if (known) return known
    const k = this.booted.context(`task:${p}`)
    this.contexts.set(p, k)
    return k
  }

  private nextAddr = SLOT_BASE
  /** Every mapping of a sequence, whichever process makes it, gets a place of its own. */
  freshAddress(): number {
    const addr = this.nextAddr
    this.nextAddr += SLOT_SIZE
    return addr
  }

  bound: Named = { value: null, addr: 0, length: 0 }
  bind(value: number): { v: number } {
    this.bound = { value, addr: 0, length: 0 }
    return { v: value }
  }
  unbind(): void { this.bound = { value: null, addr: 0, length: 0 } }
  bindMap(addr: number, length: number): void { this.bound = { value: 0, addr, length } }

  /** A field that may be a name: the number it stands for. */
  num(op: Op, field: string, absent: number, failed = absent): number {
    const v = op[field]
    if (v === undefined) return absent
    if (typeof v === 'number') return v
    return this.names.get(v)?.value ?? failed
  }
  fd(op: Op, field = 'fd'): number { return this.num(op, field, -1) }
  mapping(op: Op, field = 'm'): Named | undefined {
    const named = this.names.get(String(op[field]))
    return named && named.value !== null ? named : undefined
  }
  ino(key: string): string {
    let name = this.inodes.get(key)
    if (!name) this.inodes.set(key, (name = `i${this.inodes.size + 1}`))
    return name
  }
  path(dev: string, node: string): string {
    if (dev === 'udmabuf' || dev === 'null') return `/dev/${dev}`
    if (dev === 'heap') return '/dev/dma_heap/system'
    const found = this.nodes.find(n => n.driver === dev && n.node === node)
    return found ? nodePath(found) : '/dev/dri/none'
  }
  label(path: string): string {
    const found = path.startsWith('/dev/dri/') ? this.nodes.find(n => nodePath(n) === path) : undefined
    return found ? `${found.driver}:${found.node}` : path.replace(/^\/dmabuf:/, 'dmabuf:')
  }
  device(dev: string): Id<'device'> {
    return `device:card${this.nodes.find(n => n.driver === dev && n.node === 'card')?.minor ?? 'none'}`
  }
}
const nodePath = ({ node, minor }: Node): string => `/dev/dri/${node === 'render' ? 'renderD' : 'card'}${minor}`

/** The same spellings come again and again: each is taken apart once. */
const apart = new Map<string, readonly string[]>()
function once(spelling: string, takeApart: () => readonly string[]): readonly string[] {
  const known = apart.get(spelling)
  if (known) return known
  const found = takeApart()
  apart.set(spelling, found)
  return found
}

/** `A|B` as words with a prefix; a raw bit stays what it is. */
function words(op: Op, field: string, absent: string, prefix: string): readonly string[] {
  const v = op[field] ?? absent
  if (typeof v === 'number') return v === 0 ? [] : [`0x${v.toString(16)}`]
  return once(prefix + v, () => v.split('|').filter(w => w !== '' && w !== '0').map(w => (/^\d/.test(w) ? w : prefix + w)))
}
const short = (list: readonly string[], prefix: RegExp): string => list.map(w => w.replace(prefix, '')).join('|') || '0'

function prot(op: Op): readonly string[] {
  const letters = String(op.prot ?? 'R')
  return letters === 'NONE' ? [] : once(letters, () => [...letters].map(c => ({ R: 'PROT_READ', W: 'PROT_WRITE', X: 'PROT_EXEC' })[c]!))
}

const DIGITS: readonly string[] = Array.from({ length: 256 }, (_, b) => b.toString(16).padStart(2, '0'))
function hexOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += DIGITS[byte]!
  return text
}

type Handler = (r: Replayer, k: Kernel, op: Op) => Result

/** Makes a call to its end. A wait is interrupted, as the recorder does after a while. */
function call<T>(k: Kernel, name: string, args: Record<string, unknown>, ok: (value: T) => Record<string, unknown> = () => ({})): Result {
  let outcome: Outcome = trap(k, name, args)
  while ('then' in outcome) outcome = trap(k, name, args, outcome.then, outcome.locals)
  if (outcome instanceof Fail) return { r: outcome.errno }
  if ('blockedOn' in outcome) return { r: 'EINTR', blocked: true }
  if ('killed' in outcome) return { r: 'killed' }
  return { r: 'ok', ...ok((outcome as { done: unknown }).done as T) }
}
const ioctl = <T>(r: Replayer, k: Kernel, op: Op, request: string, arg: Record<string, unknown>, ok?: (value: T) => Record<string, unknown>): Result =>
  call<T>(k, 'ioctl', { fd: r.fd(op), request, arg }, ok)
const plain = (name: string, args: (r: Replayer, op: Op) => Record<string, unknown>): Handler => (r, k, op) => call(k, name, args(r, op))
/** A call on a mapping: skipped when the mapping never came into being. */
const onMap = (body: (r: Replayer, k: Kernel, op: Op, addr: number, rest: number, m: Named) => Result): Handler => (r, k, op) => {
  const m = r.mapping(op)
  if (!m) return SKIP
  const off = r.num(op, 'off', 0)
  return body(r, k, op, m.addr + off, m.length - off, m)
}
const range = (name: string, extra: (op: Op) => Record<string, unknown> = () => ({})): Handler =>
  onMap((r, k, op, addr, rest) => call(k, name, { addr, length: r.num(op, 'size', rest), ...extra(op) }))

function faulted(k: Kernel, { bytes, fault }: Accessed): Result {
  if (fault === null) return { r: 'ok' }
  if (typeof fault === 'string') {
    killTask(k, 'killed')
    return { r: 'killed' }
  }
  return { r: fault.signal, code: fault.code, before: bytes.length }
}

const SYNC = 'DMA_BUF_SYNC_'
const OPS: Readonly<Record<string, Handler>> = {
  open: (r, k, op) => {
    const flags = words(op, 'flags', 'RDWR|CLOEXEC', 'O_')
    return call<number>(k, 'open', { path: r.path(String(op.dev ?? 'vgem'), String(op.node ?? 'card')), flags }, fd => r.bind(fd))
  },
  reopen: (r, k, op) => call<number>(k, 'open', { path: `/proc/self/fd/${r.fd(op)}`, flags: words(op, 'flags', 'RDWR|CLOEXEC', 'O_') }, fd => r.bind(fd)),
  close: plain('close', (r, op) => ({ fd: r.fd(op) })),
  dup: (r, k, op) => call<number>(k, 'dup', { fd: r.fd(op) }, fd => r.bind(fd)),
  getfl: (r, k, op) => call<string[]>(k, 'fcntl', { fd: r.fd(op), cmd: 'F_GETFL', arg: [] }, w => ({ flags: short(w, /^O_/) })),
  setfl: plain('fcntl', (r, op) => ({ fd: r.fd(op), cmd: 'F_SETFL', arg: words(op, 'flags', '0', 'O_') })),
  getfd: (r, k, op) => call<string[]>(k, 'fcntl', { fd: r.fd(op), cmd: 'F_GETFD', arg: [] }, w => ({ flags: short(w, /^FD_/) })),
  setfd: plain('fcntl', (r, op) => ({ fd: r.fd(op), cmd: 'F_SETFD', arg: words(op, 'flags', '0', 'FD_') })),
  lseek: (r, k, op) => call<number>(k, 'lseek', { fd: r.fd(op), offset: r.num(op, 'off', 0), whence: `SEEK_${op.whence ?? 'END'}` }, pos => ({ pos })),
  read: (r, k, op) => call<{ count: number }>(k, 'read', { fd: r.fd(op), count: Math.min(64, r.num(op, 'n', 4)) }, ({ count }) => ({ count })),
  write: (r, k, op) => call<number>(k, 'write', { fd: r.fd(op), bytes: String(op.bytes ?? '00') }, count => ({ count })),
  fallocate: plain('fallocate', (r, op) => ({
    fd: r.fd(op), mode: op.mode === 'PUNCH_HOLE' ? ['FALLOC_FL_PUNCH_HOLE', 'FALLOC_FL_KEEP_SIZE'] : [], offset: r.num(op, 'off', 0), length: r.num(op, 'size', PAGE_SIZE),
  })),
  ftruncate: plain('ftruncate', (r, op) => ({ fd: r.fd(op), length: r.num(op, 'size', 0) })),
  fstat: (r, k, op) => call<{ ino: string }>(k, 'fstat', { fd: r.fd(op) }, st => ({ ...st, ino: r.ino(st.ino) })),
  fdinfo: (r, k, op) => call<{ ino?: string; flags: string[] }>(k, 'fdinfo', { fd: r.fd(op) }, f => ({ ...f, flags: short(f.flags, /^O_/), ...(f.ino ? { ino: r.ino(f.ino) } : {}) })),
  kcmp: (r, k, op) => call<number>(k, 'kcmp', { task2: `task:${op.p2 ?? k.task.slice(5)}`, fd: r.fd(op), fd2: r.fd(op, 'fd2') }, d => ({ same: d === 0 })),
  poll: (r, k, op) => call<string[]>(k, 'poll', { fd: r.fd(op), events: words(op, 'events', 'IN|OUT', 'POLL') }, w => ({ revents: short(['POLLIN', 'POLLPRI', 'POLLOUT', 'POLLERR', 'POLLHUP', 'POLLNVAL'].filter(e => w.includes(e)), /^POLL/) })),
  ioctl: plain('ioctl', (r, op) => ({ fd: r.fd(op), request: `0x${r.num(op, 'req', 0).toString(16)}`, arg: {} })),
  fork: (_r, k, op) => {
    const child: Id<'task'> = `task:${op.as}`
    if (!/^p[1-6]$/.test(String(op.as)) || k.world.has(child)) return SKIP
    return call(k, 'fork', { child, name: String(op.as) })
  },
  exit: plain('exit', () => ({ how: 'exit' })),
  setuid: plain('setuid', (r, op) => ({ uid: r.num(op, 'uid', 1000) })),
  pass: (r, k, op) => {
    const to: Id<'task'> = `task:${op.to}`
    const target = k.world.find(to)
    if (!target || target.state === 'exited') return SKIP
    const sent = call(k, 'sendmsg', { to, fd: r.fd(op) })
    if (sent.r === 'ok') k.world.actor = to
    return sent.r === 'ok' ? call<number>({ ...k, task: to }, 'recvmsg', {}, fd => r.bind(fd)) : sent
  },

  create: (r, k, op) => ioctl<{ handle: number; pitch: number; size: number }>(r, k, op, 'DRM_IOCTL_MODE_CREATE_DUMB',
    { width: r.num(op, 'width', 64), height: r.num(op, 'height', 16), bpp: r.num(op, 'bpp', 32) },
    ({ handle, pitch, size }) => ({ v: r.bind(handle).v, pitch, size })),
  destroy: (r, k, op) => ioctl(r, k, op, 'DRM_IOCTL_MODE_DESTROY_DUMB', { handle: r.num(op, 'h', 0) }),
  map_dumb: (r, k, op) => ioctl<{ offset: number }>(r, k, op, 'DRM_IOCTL_MODE_MAP_DUMB', { handle: r.num(op, 'h', 0) }, ({ offset }) => r.bind(offset)),
  gem_close: (r, k, op) => ioctl(r, k, op, 'DRM_IOCTL_GEM_CLOSE', { handle: r.num(op, 'h', 0) }),
  export: (r, k, op) => ioctl<{ fd: number }>(r, k, op, 'DRM_IOCTL_PRIME_HANDLE_TO_FD', { handle: r.num(op, 'h', 0), flags: words(op, 'flags', 'CLOEXEC|RDWR', 'DRM_') }, ({ fd }) => r.bind(fd)),
  import: (r, k, op) => ioctl<{ handle: number }>(r, k, op, 'DRM_IOCTL_PRIME_FD_TO_HANDLE', { fd: r.fd(op, 'd') }, ({ handle }) => r.bind(handle)),
  flink: (r, k, op) => ioctl<{ name: number }>(r, k, op, 'DRM_IOCTL_GEM_FLINK', { handle: r.num(op, 'h', 0) }, ({ name }) => r.bind(name)),
  gem_open: (r, k, op) => ioctl<{ handle: number; size: number }>(r, k, op, 'DRM_IOCTL_GEM_OPEN', { name: r.num(op, 'g', 0) }, ({ handle, size }) => ({ v: r.bind(handle).v, size })),
  get_cap: (r, k, op) => ioctl<{ value: number }>(r, k, op, 'DRM_IOCTL_GET_CAP', { capability: `DRM_CAP_${op.cap ?? 'PRIME'}` }, ({ value }) => ({ value })),
  addfb: (r, k, op) => {
    const width = r.num(op, 'width', 64)
    return ioctl<{ fb_id: number }>(r, k, op, 'DRM_IOCTL_MODE_ADDFB',
      { handle: r.num(op, 'h', 0), width, height: r.num(op, 'height', 16), pitch: r.num(op, 'pitch', width * 4) }, ({ fb_id }) => r.bind(fb_id))
  },
  rmfb: (r, k, op) => ioctl(r, k, op, 'DRM_IOCTL_MODE_RMFB', { fb_id: r.num(op, 'fb', 0) }),
  gem_names: (r, k, op) => call(k, 'gem_names', { device: r.device(String(op.dev ?? 'vgem')) }, names => ({ names })),
  fb_info: (r, k, op) => call(k, 'fb_info', { device: r.device(String(op.dev ?? 'cirrus')) }, bufs => ({ bufs })),
  fence_attach: (r, k, op) => ioctl<{ out_fence: number }>(r, k, op, 'DRM_IOCTL_VGEM_FENCE_ATTACH', { handle: r.num(op, 'h', 0), flags: words(op, 'flags', '0', 'VGEM_FENCE_') }, ({ out_fence }) => r.bind(out_fence)),
  fence_signal: (r, k, op) => ioctl(r, k, op, 'DRM_IOCTL_VGEM_FENCE_SIGNAL', { fence: r.num(op, 'fence', 0) }),

  mmap: (r, k, op) => {
    const hint = r.freshAddress()
    const at = op.at === undefined ? null : r.mapping(op, 'at')
    if (at === undefined) return SKIP
    const length = r.num(op, 'size', PAGE_SIZE)
    const flags = words(op, 'flags', 'SHARED', 'MAP_').map(f => (f === 'MAP_VALIDATE' ? 'MAP_SHARED_VALIDATE' : f))
    const args = {
      addr: at ? at.addr + r.num(op, 'atoff', 0) : hint, length, prot: prot(op), flags: at ? [...flags, 'MAP_FIXED'] : flags, fd: r.fd(op),
      offset: r.num(op, 'off', 0) + r.num(op, 'add', 0),
    }
    return call<number>(k, 'mmap', args, addr => {
      r.bindMap(addr, pageAlign(length))
      return {}
    })
  },
  munmap: range('munmap'),
  mprotect: range('mprotect', op => ({ prot: prot(op) })),
  madvise: range('madvise', op => ({ advice: String(op.advice ?? 'NORMAL') })),
  msync: range('msync'),
  mremap: onMap((r, k, op, addr, rest) => {
    const hint = r.freshAddress()
    const oldSize = r.num(op, 'old', rest)
    const newSize = r.num(op, 'new', oldSize)
    const flags = (op.flags ?? 'MOVE') === 'MOVE' ? ['MREMAP_MAYMOVE', 'MREMAP_FIXED'] : []
    return call<number>(k, 'mremap', { addr, oldSize, newSize, flags, newAddr: flags.length ? hint : null }, to => {
      r.bindMap(to, pageAlign(newSize))
      return {}
    })
  }),
  load: onMap((r, k, op, addr) => {
    const got = load(k, addr, Math.min(64, r.num(op, 'n', 4)))
    return { ...faulted(k, got), ...(typeof got.fault === 'string' ? {} : { bytes: hexOf(got.bytes) }) }
  }),
  store: onMap((_r, k, op, addr) => {
    const bytes = Uint8Array.from(String(op.bytes ?? '00').match(/../g) ?? [], h => Number.parseInt(h, 16))
    return faulted(k, store(k, addr, bytes))
  }),
  maps: onMap((r, k, _op, _addr, _rest, m) => call<readonly { start: number; length: number; perms: string; pgoff: number; file: string; ino: string | null; vmflags: string }[]>(
    k, 'smaps', { addr: m.addr, length: m.length }, vmas => ({
      vmas: vmas.map(v => ({
        off: v.start - m.addr, len: v.length, perms: v.perms, pgoff: v.pgoff, file: r.label(v.file), ...(v.ino ? { ino: r.ino(v.ino) } : {}), vmflags: v.vmflags,
      })),
    }))),

  sync: (r, k, op) => ioctl(r, k, op, 'DMA_BUF_IOCTL_SYNC', { flags: words(op, 'flags', '0', SYNC) }),
  set_name: (r, k, op) => ioctl(r, k, op, 'DMA_BUF_SET_NAME', { name: String(op.name ?? 'x') }),
  export_sync: (r, k, op) => ioctl<{ fd?: number }>(r, k, op, 'DMA_BUF_IOCTL_EXPORT_SYNC_FILE', { flags: words(op, 'flags', 'READ|WRITE', SYNC) }, ({ fd }) => r.bind(fd ?? -1)),
  import_sync: (r, k, op) => ioctl(r, k, op, 'DMA_BUF_IOCTL_IMPORT_SYNC_FILE', { flags: words(op, 'flags', 'READ|WRITE', SYNC), fd: r.fd(op, 's') }),
  sync_info: (r, k, op) => ioctl<{ status: number; num_fences: number }>(r, k, op, 'SYNC_IOC_FILE_INFO', {}, ({ status, num_fences }) => ({ status, fences: num_fences })),
  bufinfo: (r, k) => call<readonly { ino?: string; name: string; flags: string[]; fences: readonly { usage: string; driver: string; signalled: boolean }[] }[]>(k, 'bufinfo', {}, bufs => ({
    bufs: bufs.map(b => ({
      ...b, name: b.name.trim().split(/\s/)[0]!, ...(b.ino ? { ino: r.ino(b.ino) } : {}), flags: short(b.flags, /^O_/),
      fences: b.fences.map(f => `${usageWord(k, f.usage)}:${f.driver}:${f.signalled ? 'signalled' : 'pending'}`),
    })),
  })),
  memfd: (r, k, op) => {
    const made = call<number>(k, 'memfd_create', { name: String(op.name ?? 'm'), flags: ['MFD_ALLOW_SEALING', 'MFD_CLOEXEC'] }, fd => r.bind(fd))
    const { value } = r.bound
    const sized = call(k, 'ftruncate', { fd: value!, length: r.num(op, 'size', PAGE_SIZE) })
    if (sized.r === 'ok') return made
    call(k, 'close', { fd: value! })
    r.unbind()
    return sized
  },
  seal: plain('fcntl', (r, op) => ({ fd: r.fd(op), cmd: 'F_ADD_SEALS', arg: words(op, 'seals', 'SHRINK', 'F_SEAL_') })),
  get_seals: (r, k, op) => call<string[]>(k, 'fcntl', { fd: r.fd(op), cmd: 'F_GET_SEALS', arg: [] }, seals => ({ seals: short(seals, /^F_SEAL_/) })),
  udmabuf: (r, k, op) => ioctl<{ fd: number }>(r, k, op, 'UDMABUF_CREATE', { memfd: r.fd(op, 'memfd'), flags: words(op, 'flags', 'CLOEXEC', 'UDMABUF_FLAGS_'), offset: r.num(op, 'off', 0), size: r.num(op, 'size', PAGE_SIZE) }, ({ fd }) => r.bind(fd)),
  heap_alloc: (r, k, op) => ioctl<{ fd: number }>(r, k, op, 'DMA_HEAP_IOCTL_ALLOC', { len: r.num(op, 'len', PAGE_SIZE), fd_flags: words(op, 'flags', 'RDWR|CLOEXEC', 'O_'), heap_flags: words(op, 'heap_flags', '0', '') }, ({ fd }) => r.bind(fd)),
}

/** Before 6.0 the two kinds of fences have other names in bufinfo. */
const usageWord = (k: Kernel, usage: string): string => (k.parts.anonymousDmaBufs ? { write: 'Exclusive', read: 'Shared' }[usage]! : usage)
