/**
 * Recordings become programs: every operation of a recorded sequence is one line (a few are two) of the process that made
 * it, and the schedule keeps their order. Names of a recording belong to all processes.
 */

export type RecordedOp = Readonly<Record<string, string | number>> & { readonly op: string }
export interface RecordedNode { readonly driver: string; readonly node: string; readonly minor: number }

/** The lines of one operation, with the process of each. */
export interface RecordedLine { readonly process: string; readonly text: string; readonly as: string | null }
export interface Recorded {
  readonly text: string
  /** For each operation its lines: process and number of the call in that process, from 0. */
  readonly lines: readonly (readonly { readonly process: string; readonly index: number }[])[]
}

/** Words with the prefix of their kind; a raw bit stays what it is; `0` for none. */
function words(op: RecordedOp, field: string, absent: string, prefix: string): string {
  const v = op[field] ?? absent
  if (typeof v === 'number') return v === 0 ? '0' : `0x${v.toString(16)}`
  return v.split('|').map(w => (/^\d/.test(w) ? w : prefix + w)).join(' | ')
}
const value = (op: RecordedOp, field: string, absent: string | number): string => String(op[field] ?? absent)
/** A name or number, and something to add to it. */
function sum(base: string, add: string | number | undefined): string {
  if (!add) return base
  return /^-?\d/.test(base) ? String(Number(base) + Number(add)) : `${base} + ${add}`
}
const PROT: Readonly<Record<string, string>> = { R: 'PROT_READ', W: 'PROT_WRITE', X: 'PROT_EXEC' }
const prot = (op: RecordedOp): string => (op.prot === 'NONE' ? 'PROT_NONE' : [...String(op.prot ?? 'R')].map(c => PROT[c]).join(' | '))
const place = (op: RecordedOp): string => sum(value(op, 'm', 'm0'), op.off)
const size = (op: RecordedOp, field = 'size'): string => (op[field] === undefined ? 'REST' : String(op[field]))

type Write = (op: RecordedOp, path: (dev: string, node: string) => string) => string
const fd = (op: RecordedOp): string => value(op, 'fd', -1)
const handle = (op: RecordedOp): string => value(op, 'h', 0)
const on = (call: string, ...rest: ((op: RecordedOp) => string)[]): Write => op => `${call}(${[fd, ...rest].map(part => part(op)).join(', ')})`
const flags = (absent: string, prefix: string) => (op: RecordedOp): string => words(op, 'flags', absent, prefix)
const number = (field: string, absent: string | number) => (op: RecordedOp): string => value(op, field, absent)

const WRITE: Readonly<Record<string, Write>> = {
  noop: () => 'sigaction(0)',
  open: (op, path) => `open("${path(value(op, 'dev', 'vgem'), value(op, 'node', 'card'))}", ${words(op, 'flags', 'RDWR|CLOEXEC', 'O_')})`,
  reopen: on('reopen', flags('RDWR|CLOEXEC', 'O_')),
  close: on('close'),
  dup: on('dup'),
  getfl: on('fcntl', () => 'F_GETFL'),
  setfl: on('fcntl', () => 'F_SETFL', flags('0', 'O_')),
  getfd: on('fcntl', () => 'F_GETFD'),
  setfd: on('fcntl', () => 'F_SETFD', flags('0', 'FD_')),
  lseek: on('lseek', number('off', 0), op => `SEEK_${op.whence ?? 'END'}`),
  read: on('read', op => String(Math.min(64, Number(op.n ?? 4)))),
  write: on('write', op => `"${op.bytes ?? '00'}"`),
  ftruncate: on('ftruncate', number('size', 0)),
  fallocate: on('fallocate', op => (op.mode === 'PUNCH_HOLE' ? 'FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE' : '0'), number('off', 0), number('size', 4096)),
  ioctl: on('ioctl', number('req', 0)),
  fstat: on('fstat'),
  fdinfo: on('fdinfo'),
  kcmp: op => `kcmp(${op.p2 ?? op.p ?? 'p1'}, ${fd(op)}, ${value(op, 'fd2', -1)})`,
  poll: on('poll', op => words(op, 'events', 'IN|OUT', 'POLL')),
  fork: op => `fork(${op.as})`,
  spawn: op => `spawn(${op.as})`,
  exit: () => 'exit()',
  setuid: op => `setuid(${op.uid ?? 1000})`,

  create: on('DRM_IOCTL_MODE_CREATE_DUMB', number('width', 64), number('height', 16), number('bpp', 32)),
  destroy: on('DRM_IOCTL_MODE_DESTROY_DUMB', handle),
  map_dumb: on('DRM_IOCTL_MODE_MAP_DUMB', handle),
  gem_close: on('DRM_IOCTL_GEM_CLOSE', handle),
  export: on('DRM_IOCTL_PRIME_HANDLE_TO_FD', handle, flags('CLOEXEC|RDWR', 'DRM_')),
  import: on('DRM_IOCTL_PRIME_FD_TO_HANDLE', number('d', -1)),
  flink: on('DRM_IOCTL_GEM_FLINK', handle),
  gem_open: on('DRM_IOCTL_GEM_OPEN', number('g', 0)),
  get_cap: on('DRM_IOCTL_GET_CAP', op => `DRM_CAP_${op.cap ?? 'PRIME'}`),
  addfb: on('DRM_IOCTL_MODE_ADDFB', number('width', 64), number('height', 16), op => value(op, 'pitch', Number(op.width ?? 64) * 4), handle),
  rmfb: on('DRM_IOCTL_MODE_RMFB', number('fb', 0)),
  gem_names: (op, path) => `gem_names("${path(value(op, 'dev', 'vgem'), 'card')}")`,
  fb_info: (op, path) => `fb_info("${path(value(op, 'dev', 'cirrus'), 'card')}")`,
  fence_attach: on('DRM_IOCTL_VGEM_FENCE_ATTACH', handle, flags('0', 'VGEM_FENCE_')),
  fence_signal: on('DRM_IOCTL_VGEM_FENCE_SIGNAL', number('fence', 0)),

  mmap: op => {
    const kind = words(op, 'flags', 'SHARED', 'MAP_').replace('MAP_VALIDATE', 'MAP_SHARED_VALIDATE')
    const at = op.at === undefined ? '' : `, ${sum(String(op.at), op.atoff)}`
    return `mmap(${op.size ?? 4096}, ${prot(op)}, ${at === '' ? kind : kind === '0' ? 'MAP_FIXED' : `${kind} | MAP_FIXED`}, ${fd(op)}, ${sum(value(op, 'off', 0), op.add)}${at})`
  },
  munmap: op => `munmap(${place(op)}, ${size(op)})`,
  mprotect: op => `mprotect(${place(op)}, ${prot(op)}, ${size(op)})`,
  madvise: op => `madvise(${place(op)}, MADV_${op.advice ?? 'NORMAL'}, ${size(op)})`,
  msync: op => `msync(${place(op)}, ${size(op)})`,
  mremap: op => `mremap(${place(op)}, ${size(op, 'old')}, ${op.new ?? size(op, 'old')}, ${(op.flags ?? 'MOVE') === 'MOVE' ? 'MREMAP_MAYMOVE | MREMAP_FIXED' : '0'})`,
  load: op => `load(${place(op)}, ${Math.min(64, Number(op.n ?? 4))})`,
  store: op => `store(${place(op)}, "${op.bytes ?? '00'}")`,
  maps: op => `smaps(${place(op)})`,

  sync: on('DMA_BUF_IOCTL_SYNC', flags('0', 'DMA_BUF_SYNC_')),
  set_name: on('DMA_BUF_SET_NAME', op => `"${op.name ?? 'x'}"`),
  export_sync: on('DMA_BUF_IOCTL_EXPORT_SYNC_FILE', flags('READ|WRITE', 'DMA_BUF_SYNC_')),
  import_sync: on('DMA_BUF_IOCTL_IMPORT_SYNC_FILE', number('s', -1), flags('READ|WRITE', 'DMA_BUF_SYNC_')),
  sync_info: on('SYNC_IOC_FILE_INFO'),
  bufinfo: () => 'bufinfo()',
  seal: on('fcntl', () => 'F_ADD_SEALS', op => words(op, 'seals', 'SHRINK', 'F_SEAL_')),
  get_seals: on('fcntl', () => 'F_GET_SEALS'),
  udmabuf: on('UDMABUF_CREATE', number('memfd', -1), number('off', 0), number('size', 4096), flags('CLOEXEC', 'UDMABUF_FLAGS_')),
  heap_alloc: on('DMA_HEAP_IOCTL_ALLOC', number('len', 4096), flags('RDWR|CLOEXEC', 'O_'), op => words(op, 'heap_flags', '0', '')),
}

const PROCESS_NAMES = new Set(['fork', 'spawn'])

/** The lines of one operation; null when there is no call for it. */
export function linesOf(op: RecordedOp, path: (dev: string, node: string) => string): readonly RecordedLine[] | null {
  const process = String(op.p ?? 'p1')
  const as = op.as === undefined || PROCESS_NAMES.has(op.op) ? null : String(op.as)
  if (op.op === 'pass') return [{ process, text: `sendmsg(${op.to}, ${fd(op)})`, as: null }, { process: String(op.to), text: `recvmsg(${process})`, as }]
  if (op.op === 'memfd') {
    return [{ process, text: `memfd_create("${op.name ?? 'm'}", MFD_ALLOW_SEALING | MFD_CLOEXEC)`, as: as ?? 'u0' }, { process, text: `ftruncate(${as ?? 'u0'}, ${op.size ?? 4096})`, as: null }]
  }
  const write = WRITE[op.op]
  return write ? [{ process, text: write(op, path), as }] : null
}

/** The whole sequence as a program text. */
export function recordingToText(ops: readonly RecordedOp[], nodes: readonly RecordedNode[]): Recorded {
  const path = (dev: string, node: string): string => {
    if (dev === 'udmabuf' || dev === 'null') return `/dev/${dev}`
    if (dev === 'heap') return '/dev/dma_heap/system'
    const found = nodes.find(n => n.driver === dev && n.node === node)
    return found ? `/dev/dri/${found.node === 'render' ? 'renderD' : 'card'}${found.minor}` : '/dev/dri/none'
  }
  const blocks = new Map<string, string[]>([['p1', []]])
  const turns: string[] = []
  const names = new Set<string>()
  const block = (process: string): string[] => {
    let found = blocks.get(process)
    if (!found) blocks.set(process, (found = []))
    return found
  }
  const add = (process: string, text: string): { process: string; index: number } => {
    const lines = block(process)
    // The recorder goes on after a signal.
    if (lines.length === 0) {
      lines.push('sigaction(SIGSEGV | SIGBUS)')
      turns.push(process)
    }
    lines.push(text)
    turns.push(process)
    return { process, index: lines.length - 1 }
  }
  const lines = ops.map(op => {
    for (const field of ['as', 'fd', 'fd2', 'd', 'h', 'm', 'at', 'off', 'g', 'fb', 'fence', 's', 'memfd']) {
      const name = op[field]
      if (typeof name === 'string' && !(field === 'as' && PROCESS_NAMES.has(op.op))) names.add(name)
    }
    if (PROCESS_NAMES.has(op.op)) block(String(op.as))
    for (const line of linesOf(op, path) ?? []) if (line.as !== null) names.add(line.as)
    if (typeof op.p2 === 'string') block(op.p2)
    if (typeof op.to === 'string') block(op.to)
    return (linesOf(op, path) ?? []).map(line => add(line.process, line.as === null ? line.text : `${line.as} = ${line.text}`))
  })
  const runs: string[] = []
  for (let i = 0; i < turns.length; ) {
    let count = 1
    while (turns[i + count] === turns[i]) count++
    runs.push(count === 1 ? turns[i]! : `${turns[i]}*${count}`)
    i += count
  }
  const text = [
    ...(names.size ? [['shared', ...names].join(' ')] : []),
    ...[...blocks].map(([name, found]) => `${['process', name, name, ...(name === 'p1' ? [] : ['later']), '{'].join(' ')}\n${found.map(line => `  ${line}\n`).join('')}}`),
    ...(runs.length ? [['schedule', ...runs].join(' ')] : []),
  ].join('\n')
  return { text: `${text}\n`, lines }
}
