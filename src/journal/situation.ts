/**
 * The situation of a call: what matters of the objects that it names, of its arguments, and how it ended. Two calls are in the same situation
 * when all of this is equal; numbers, addresses and names of drivers are no part of it. `way` holds the kernel's functions that ran:
 * where those are equal too, nothing ran in one that did not run in the other.
 */
import { fill } from '../base/fill.ts'
import { listed } from '../base/listed.ts'
import { checkOf, wayOf, type Arg, type Crossing } from './crossing.ts'
import { SENTENCES } from './sentences-situation.ts'
import { areasIn, rangeFacts } from './situation-areas.ts'
import { get, type Snapshot } from './snapshot.ts'
import type { Id } from './vocabulary.ts'

/** What is looked at, and how it is. */
export type Fact = readonly [what: string, how: string]
export interface Situation {
  readonly call: string
  readonly facts: readonly Fact[]
  readonly answer: string
  /** The check that said no, by its event. */
  readonly check: string | null
  readonly way: readonly string[]
  /** The drivers concerned: of the node, then of the exporter. */
  readonly drivers: readonly string[]
}

export const keyOf = ({ call, facts, answer, check }: Pick<Situation, 'call' | 'facts' | 'answer' | 'check'>): string =>
  [call, ...facts.map(([what, how]) => `${what}: ${how}`), answer, check ?? ''].join(' | ')

/** A call, and what was there before it. */
class Scene {
  readonly before: Snapshot
  readonly args: readonly Arg[]
  readonly task: Id<'task'>
  private readonly named = new Set<string>()
  constructor(before: Snapshot, { args, task }: Crossing) {
    this.before = before
    this.args = args
    this.task = task as Id<'task'>
  }

  get drivers(): readonly string[] { return [...this.named] }
  word(i: number): string { return String(this.args[i] ?? '') }
  number(i: number): number { return Number(this.word(i)) }
  /** A field of the ioctl's structure. */
  field(name: string): string { return String((this.args[2] as Readonly<Record<string, string>> | undefined)?.[name] ?? '') }
  fd(number: number): Id<'file'> | undefined { return get(this.before, this.task)?.fds[number]?.file }

  drmFile(file: Id<'file'> | undefined): Id<'drm_file'> | undefined {
    const priv = file && get(this.before, file)?.priv
    return priv?.startsWith('drm_file:') ? (priv as Id<'drm_file'>) : undefined
  }

  /** Notes whose code may run. */
  device(id: Id<'device'> | undefined): void {
    const driver = id && get(this.before, id)?.driver
    if (driver) this.named.add(driver.replace(/#\d+$/, ''))
  }

  /** What a file is, and how it is open. `node`: it matters which kind of node, as it does to ioctls. */
  file(id: Id<'file'> | undefined, node = false): string {
    const file = id && get(this.before, id)
    if (!file) return 'none'
    const drm = this.drmFile(id)
    if (drm) {
      const { device, render } = get(this.before, drm)!
      this.device(device)
      return `${node ? (render ? 'render node' : 'card') : 'DRM node'}, ${modeOf(file.fmode)}`
    }
    return file.kind === 'dmabuf' ? this.dmaBuf(file.priv as Id<'dma_buf'>) : `${file.kind}, ${modeOf(file.fmode)}`
  }

  dmaBuf(id: Id<'dma_buf'>): string {
    const buf = get(this.before, id)
    if (!buf) return 'none'
    const gem = this.gem(buf.priv)
    if (gem) this.device(gem.device)
    const pending = (get(this.before, buf.resv)?.fences ?? []).flatMap(({ fence, usage }) => (get(this.before, fence)?.signalled === false ? [usage] : []))
    const told = { what: gem ? 'GEM object' : buf.expName, mode: modeOf(get(this.before, buf.file)!.fmode) }
    return pending.length > 0 ? fill(SENTENCES.dmaBufPending, { ...told, usages: listed([...new Set(pending)].sort()) }) : fill(SENTENCES.dmaBuf, told)
  }

  gem(id: Id | null | undefined) { return id?.startsWith('gem:') ? get(this.before, id as Id<'gem'>) : undefined }

  /** What a handle stands for in a DRM file. */
  handle(drm: Id<'drm_file'> | undefined, handle: string): Id<'gem'> | null {
    return (drm && get(this.before, drm)?.handles[Number(handle)]) ?? null
  }

  /** Its device's own or another's; whether it is shared already, and how. */
  object(id: Id<'gem'> | null): string {
    const gem = this.gem(id)
    if (!gem) return 'none'
    const attachment = gem.importAttach && get(this.before, gem.importAttach)
    if (attachment) return fill(SENTENCES.anImport, { of: this.dmaBuf(attachment.dmaBuf) })
    const buf = gem.dmaBuf && get(this.before, gem.dmaBuf)
    return buf ? fill(SENTENCES.ownExported, { mode: modeOf(get(this.before, buf.file)!.fmode) }) : SENTENCES.own
  }
}

const modeOf = ({ read, write }: { readonly read: boolean; readonly write: boolean }): string => (read && write ? 'read-write' : write ? 'write-only' : 'read-only')

type Tell = (s: Scene) => readonly Fact[]
const fileFact = (s: Scene, i = 0): Fact => ['file', s.file(s.fd(s.number(i)))]
const nodeFact = (s: Scene): Fact => ['file', s.file(s.fd(s.number(0)), true)]
/** The words among the arguments from `from` on. */
const words = (s: Scene, from = 1): Fact[] => s.args.slice(from).flatMap((arg): Fact[] => (typeof arg === 'string' && /^[A-Z]/.test(arg) && arg !== 'NULL' ? [['with', arg]] : []))
const user = (s: Scene): Fact => ['by', get(s.before, s.task)?.uid === 0 ? 'root' : 'an ordinary user']
/** How a length compares with what is there. */
const fits = (length: number, sizeBytes: number): string => (length === 0 ? 'nothing' : Math.ceil(length / 4096) * 4096 === sizeBytes ? 'all of it' : length > sizeBytes ? 'more than it has' : 'a part')
/** Words in the ioctl's structure. */
const flags = (s: Scene): Fact[] => ['flags', 'capability'].flatMap((name): Fact[] => (s.field(name) ? [[name, s.field(name)]] : []))
/** Closing a handle: whether the object has others. */
const lastHandle = (s: Scene): readonly Fact[] => {
  const id = s.handle(s.drmFile(s.fd(s.number(0))), s.field('handle'))
  return [...onHandle(s), ...(id ? [['other handles', s.gem(id)!.handleCount > 1 ? 'yes' : 'none'] as Fact] : [])]
}

function mmap(s: Scene): readonly Fact[] {
  const [length, offset, file] = [s.number(1), s.number(5), s.fd(s.number(4))]
  const asked: Fact[] = [['prot', s.word(2)], ['flags', s.word(3)]]
  const drm = s.drmFile(file)
  if (offset % 4096 !== 0) return [fileFact(s, 4), ...asked, ['offset', 'not at a page']]
  if (drm) {
    const { device } = get(s.before, drm)!
    const range = get(s.before, device)?.offsets.find(({ start, pages }) => offset / 4096 >= start && offset / 4096 < start + pages)
    const gem = range && get(s.before, range.gem)
    if (!gem) return [fileFact(s, 4), ...asked, ['offset', 'no object there']]
    return [
      fileFact(s, 4), ...asked, ['object', s.object(range.gem)], ['offset', range.start === offset / 4096 ? 'its start' : 'inside of it'],
      ['handle', gem.allow[drm] ? 'held by this file' : 'not held by this file'], ['length', fits(length, gem.sizeBytes)],
    ]
  }
  const priv = file && get(s.before, file)?.priv
  const sizeBytes = priv && (get(s.before, priv as Id<'dma_buf'>) as { sizeBytes?: number } | undefined)?.sizeBytes
  return [fileFact(s, 4), ...asked, ['offset', offset === 0 ? 'the start' : 'further in'], ['length', sizeBytes ? fits(offset + length, sizeBytes) : 'of no matter']]
}

function onHandle(s: Scene): readonly Fact[] {
  const drm = s.drmFile(s.fd(s.number(0)))
  const id = s.handle(drm, s.field('handle'))
  return [nodeFact(s), ['object', s.object(id)], ['handle', id ? 'held' : 'unknown'], ...flags(s)]
}

function importFd(s: Scene): readonly Fact[] {
  const drm = s.drmFile(s.fd(s.number(0)))
  const given = s.fd(Number(s.field('fd')))
  const buf = given && get(s.before, given)?.kind === 'dmabuf' ? (get(s.before, given)!.priv as Id<'dma_buf'>) : null
  const facts: Fact[] = [nodeFact(s), ['given', s.file(given)]]
  if (!drm || !buf) return facts
  const { device, prime } = get(s.before, drm)!
  const owner = s.gem(get(s.before, buf)!.priv)
  return [...facts, ['from', owner?.device === device ? 'this device' : 'elsewhere'], ['known to this file', prime.some(entry => entry.dmaBuf === buf) ? 'yes' : 'no']]
}

const range = (s: Scene): readonly Fact[] => rangeFacts(s.before, areasIn(s.before, s.task, s.number(0), s.number(1)), s.number(0), s.number(1), id => s.file(id), id => s.object(id))
function access(s: Scene): readonly Fact[] {
  const at = s.number(0)
  return rangeFacts(s.before, areasIn(s.before, s.task, at, 1), at, null, id => s.file(id), id => s.object(id))
}

const TELL: Readonly<Record<string, Tell>> = {
  open: s => [['path', s.word(0).replace(/\d+$/, '')], ...words(s), ...(s.word(0).startsWith('/proc/self/fd/') ? [['file', s.file(s.fd(Number(s.word(0).slice(14))))] as Fact] : [])],
  close: s => {
    const file = s.fd(s.number(0))
    const count = file ? get(s.before, file)!.fCount : 0
    return [fileFact(s), ['reference', count === 1 ? 'the last' : `one of several`]]
  },
  fork: () => [], exit: () => [], recvmsg: () => [], memfd_create: s => words(s), setuid: () => [], bufinfo: s => [user(s)], gem_names: s => [user(s)], fb_info: s => [user(s)],
  sendmsg: s => [fileFact(s, 1)],
  kcmp: s => [fileFact(s, 1), ['other', s.file(s.fd(s.number(2)))]],
  lseek: s => [fileFact(s), ['offset', s.number(1) === 0 ? '0' : 'another'], ...words(s)],
  mmap, munmap: range, msync: range, smaps: range,
  mprotect: s => [...range(s), ['prot', s.word(2)]],
  madvise: s => [...range(s), ['advice', s.word(2)]],
  mremap: s => [...range(s), ['new size', s.number(2) === s.number(1) ? 'the same' : s.number(2) > s.number(1) ? 'larger' : 'smaller'], ['flags', s.word(3)]],
  load: access, store: access,
  DRM_IOCTL_PRIME_FD_TO_HANDLE: s => [user(s), ...importFd(s)],
  DRM_IOCTL_PRIME_HANDLE_TO_FD: s => [user(s), ...onHandle(s)],
  DRM_IOCTL_GEM_FLINK: s => [user(s), ...onHandle(s)],
  DRM_IOCTL_GEM_OPEN: s => {
    const drm = s.drmFile(s.fd(s.number(0)))
    const name = drm && get(s.before, get(s.before, drm)!.device)?.names[Number(s.field('name'))]
    return [user(s), nodeFact(s), ['object', s.object(name ?? null)]]
  },
  DRM_IOCTL_GEM_CLOSE: lastHandle, DRM_IOCTL_MODE_DESTROY_DUMB: lastHandle,
  DMA_BUF_SET_NAME: s => [nodeFact(s), ['name', s.field('name').length > 31 ? 'too long' : 'of up to 31 characters']],
  UDMABUF_CREATE: s => [fileFact(s), ['memory', s.file(s.fd(Number(s.field('memfd'))))], ['flags', s.field('flags')]],
}

/** What an access found in the page tables. */
function pageFact({ name, steps }: Crossing): readonly Fact[] {
  if (name !== 'load' && name !== 'store') return []
  const told = (event: string): boolean => steps.some(step => step.event === event)
  return [['page', told('fault.insert') ? 'brought by a fault' : told('fault.dirty') ? 'there, written for the first time' : told('fault.enter') ? 'not there' : 'there']]
}

/** Null while the call has not come back. */
export function situationOf(crossing: Crossing, before: Snapshot): Situation | null {
  if (crossing.answer === null) return null
  const scene = new Scene(before, crossing)
  const structure = typeof crossing.args[2] === 'object' ? crossing.args[2] : null
  const tell = TELL[crossing.name] ?? (structure === null ? (s: Scene) => [fileFact(s), ...words(s)] : 'handle' in structure ? onHandle : (s: Scene) => [nodeFact(s), ...flags(s)])
  const facts = [...tell(scene), ...pageFact(crossing)]
  return { call: crossing.name, facts, answer: crossing.answer, check: checkOf(crossing), way: wayOf(crossing, before), drivers: scene.drivers }
}
