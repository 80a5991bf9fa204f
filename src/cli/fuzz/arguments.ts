/**
 * Arguments by chance, from what a call says about its parameters: a call that is put on the shelf is made here too, without
 * being named. Most arguments fit; some are wrong in every way that the language can write.
 */
import { calls } from '../../userspace/calls.ts'
import type { Call, Param } from '../../userspace/call.ts'
import { pictures } from '../../userspace/pictures.ts'
import { exporters } from '../../kernel/exporter-shelf.ts'
import { ioctls } from '../../kernel/syscalls/ioctl.ts'
import { pick, WILD, written, type Deck, type Known } from './deck.ts'

/** Nodes that are no cards, with what an open of them is. */
export const OTHER_NODES: readonly (readonly [string, string])[] = [...Object.values(exporters).flatMap(({ way, nodes }) => Object.keys(nodes).map(path => [way === 'v4l2' ? 'video' : way, path] as const)), ['null', '/dev/null']]

/** The kind of file that a call works on; '' for any. */
function fileOf({ name, fn, params }: Call): string {
  const known = ioctls[name]
  if (known) return known.on === 'drm' ? `drm ${known.driver ?? ''}` : known.on
  if (/ftruncate|fallocate/.test(name)) return 'memfd'
  return FD_BY_NAME[params[0]?.name ?? ''] ?? (fn === undefined ? '' : 'drm ')
}
const FD_BY_NAME: Readonly<Record<string, string>> = { heap: 'heap', video: 'video', prime: 'dmabuf', sync: 'sync_file', memfd: 'memfd' }

const isFile = (file: string) => (known: Known): boolean => known.gives === 'fd' && (file.endsWith(' ') ? known.file.startsWith(file) : file === '' || known.file === file)

/** Where the line's descriptor and its handle come from: one open file has both. */
interface Subject { readonly fd: Known | null; readonly thing: Known | null }

const OF_A_FILE = ['handle', 'offset', 'name', 'framebuffer', 'fence']
const thingOf = ({ params }: Call): string | undefined => params.map(p => (p.name.startsWith('fb') ? 'framebuffer' : p.kind === 'handle' ? 'handle' : p.name)).find(name => OF_A_FILE.includes(name) && name !== 'offset')

function subject(d: Deck, call: Call): Subject {
  const wants = thingOf(call)
  const file = fileOf(call)
  const onFile = (known: Known): boolean => d.known.some(other => other.name === known.on && isFile(file)(other) && other.owners.has(d.process))
  const thing = wants === undefined ? null : pick(d, known => known.gives === wants && onFile(known))
  const own = thing === null ? null : d.known.find(known => known.name === thing.on) ?? null
  return { thing, fd: own !== null && !d.dice.chance(5) ? own : pick(d, isFile(file)) }
}

const SIZES = ['4096', '4096', '4096', '8192', '16384', '12288']

function numberFor(d: Deck, param: Param, thing: Known | null): string {
  const { dice } = d
  if (dice.chance(4)) return dice.of(WILD)
  if (/^(width|height|bpp|pitch)$/.test(param.name)) return dice.of({ width: ['64', '64', '32', '1'], height: ['16', '32', '48', '16', '64'], bpp: ['32', '32', '32', '32', '32', '16', '8', '24', '0', '99'], pitch: ['256', '256', '128', '1', '0'] }[param.name]!)
  if (thing !== null && (param.name === thing.gives || param.name.startsWith('fb'))) return written(d, thing)
  if (/size|len|length/i.test(param.name)) return dice.of(SIZES)
  if (/off/.test(param.name)) return dice.of(['0', '0', '0', '4096', '1', '8192'])
  if (/count|timeout|uid|index|plane/.test(param.name)) return dice.of(['0', '0', '1', '1', '4', '8', '64', '1000'])
  return dice.chance(50) ? written(d, pick(d, known => known.gives === param.name || param.name === 'request')) : dice.of(WILD)
}

const ONE_WORD = /^(cmd|whence|capability|advice|madv|type|memory)$/

function wordsFor(d: Deck, { name, words = [], absent }: Param): string {
  const { dice } = d
  if (dice.chance(3)) return dice.of(['0x4', '0x8', '0x100', '0xff', '0x80000000'])
  if (words.length === 0) return '0'
  if (ONE_WORD.test(name)) return dice.of(words)
  const usual = absent as readonly string[] | undefined
  if (usual !== undefined && usual.length > 0 && dice.chance(55)) return usual.join(' | ')
  if (dice.chance(8)) return '0'
  const chosen = words.filter(() => dice.chance(100 / Math.max(2, words.length)))
  return chosen.join(' | ') || dice.of(words)
}

function textFor(d: Deck, { name }: Param): string {
  if (name !== 'path') return d.dice.of(['m', 'cup', '', 'a'.repeat(31), 'b'.repeat(32), 'a name that is much too long for a buffer'])
  return d.dice.of([...d.devices.flatMap(({ card, render }) => [`/dev/dri/${card}`, ...(render ? [`/dev/dri/${render}`] : [])]), ...OTHER_NODES.map(([, path]) => path), '/dev/none'])
}

const BYTES = ['a5', '01020304', '00'.repeat(64), '', 'ff'.repeat(5)]

function jobPart(d: Deck): string {
  const bo = pick(d, known => known.gives === 'buffer')
  const at = pick(d, known => known.gives === 'offset' || known.gives === 'handle')
  const op = d.dice.of(['read', 'write', 'uses'])
  if (op === 'uses') return `uses(${written(d, pick(d, known => known.gives === 'handle'))})`
  const where = bo !== null && d.dice.chance(70) ? bo.name : `${written(d, at)}, ${d.dice.of(SIZES)}`
  return `${op}(${where}${op === 'write' ? `, ${d.dice.of(Object.keys(pictures))}` : ''})`
}

/** A place in a mapping, and whether REST can follow it. */
function place(d: Deck): string {
  const known = pick(d, k => k.gives === 'mapping')
  d.missing ||= known === null
  if (known === null || d.dice.chance(3)) return d.dice.of(WILD.filter(w => w !== '-1'))
  return d.dice.chance(20) ? `${known.name} + ${d.dice.of([1, 4, 64, 4000, 4096, 8192, 12288])}` : known.name
}

/** One argument; null: it is left out, and so is all behind it. */
function argument(d: Deck, param: Param, { fd, thing }: Subject, first: boolean): string | null {
  const { dice } = d
  const leavesOut = param.absent !== undefined && dice.chance(param.kind === 'words' && Array.isArray(param.absent) && param.absent.length === 0 ? 20 : 50)
  if (leavesOut) return null
  switch (param.kind) {
    case 'fd': return first ? written(d, fd) : written(d, pick(d, isFile(FD_BY_NAME[param.name] ?? '')))
    case 'handle': return written(d, thing)
    case 'number': return param.absent === null && dice.chance(60) ? 'REST' : numberFor(d, param, thing)
    case 'words': return wordsFor(d, param)
    case 'text': return `"${textFor(d, param)}"`
    case 'bytes': return `"${dice.of(BYTES)}"`
    // The first process runs from the start: nobody begins it.
    case 'process': return dice.of(param.name === 'child' ? d.processes.slice(1) : d.processes)
    case 'mapping': return place(d)
    case 'device': return `"/dev/dri/${dice.of(d.devices).card}"`
    case 'picture': return dice.of(Object.keys(pictures))
    case 'job': return jobPart(d)
    case 'bo': {
      const bo = pick(d, known => known.gives === 'buffer')
      d.missing ||= bo === null
      return bo?.name ?? (d.known.length > 0 ? dice.of(d.known).name : null)
    }
  }
}

export interface Written { readonly text: string; readonly fd: Known | null; readonly thing: Known | null }

/** A call with arguments. */
export function callByChance(d: Deck, call: Call): Written {
  const about = subject(d, call)
  const args: string[] = []
  for (const [i, param] of call.params.entries()) {
    const arg = argument(d, param, about, i === 0)
    if (arg === null) break
    args.push(arg)
    if (param.rest) while (d.dice.chance(50)) args.push(argument(d, param, about, false)!)
  }
  return { text: `${call.name}(${args.join(', ')})`, ...about }
}

export const everyCall: readonly Call[] = Object.values(calls)
