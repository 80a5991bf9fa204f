/**
 * Programs by chance, a line at a time: up to four processes that fork, send each other files and end in the middle. Few calls
 * are named here, those without which hardly anything would work; all others come from the shelf of calls.
 */
import { Dice } from '../../machine/random-program.ts'
import type { DeviceSpec } from '../../machine/blueprint.ts'
import type { Call } from '../../userspace/call.ts'
import { callByChance, everyCall, OTHER_NODES } from './arguments.ts'
import { give, pick, written, type Deck, type Known, type Line } from './deck.ts'

export const PROCESSES = ['A', 'B', 'C', 'D']

const driverOf = ({ driver }: DeviceSpec): string => driver.replace(/#\d+$/, '')

/** What the answer of a call stands for, by what the call says it gives. */
function given(call: Call, about: { readonly fd: Known | null; readonly thing: Known | null }): Omit<Known, 'name' | 'owners'> | null {
  const { gives } = call
  if (gives === undefined || gives === 'position' || gives === 'pid') return null
  const pages = about.thing?.pages ?? about.fd?.pages ?? 1
  if (gives !== 'fd') return { gives, file: '', on: about.fd?.name ?? '', pages }
  const file = /SYNC_FILE/.test(call.name) ? 'sync_file' : /memfd/.test(call.name) ? 'memfd' : /^(dup|reopen)$/.test(call.name) ? about.fd?.file ?? '' : /open/.test(call.name) ? 'null' : 'dmabuf'
  return { gives, file, on: '', pages }
}

type Make = (d: Deck) => string

function openNode(d: Deck): string {
  const device = d.dice.of(d.devices)
  const path = device.render !== null && d.dice.chance(30) ? device.render : device.card
  const flags = d.dice.chance(92) ? 'O_RDWR | O_CLOEXEC' : d.dice.of(['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_RDWR | O_NONBLOCK'])
  return give(d, { gives: 'fd', file: `drm ${driverOf(device)}`, on: '', pages: 1 }, `open("/dev/dri/${path}", ${flags})`)
}
function openOther(d: Deck): string {
  const [file, path] = d.dice.of(OTHER_NODES)
  return give(d, { gives: 'fd', file, on: '', pages: 1 }, `open("${path}", O_RDWR)`)
}

/** A file with room in it, since an empty one is of little use. */
function memoryFile(d: Deck): string {
  const pages = d.dice.of([1, 2, 3, 4])
  const line = give(d, { gives: 'fd', file: 'memfd', on: '', pages }, 'memfd_create("m", MFD_ALLOW_SEALING | MFD_CLOEXEC)')
  const name = line.split(' ')[0]!
  return `${line}\nftruncate(${name}, ${pages * 4096})${d.dice.chance(75) ? `\nfcntl(${name}, F_ADD_SEALS, F_SEAL_SHRINK)` : ''}`
}

const PROT = ['PROT_READ | PROT_WRITE', 'PROT_READ | PROT_WRITE', 'PROT_READ | PROT_WRITE', 'PROT_READ', 'PROT_NONE', 'PROT_WRITE', 'PROT_READ | PROT_EXEC']
const MAP = ['MAP_SHARED', 'MAP_SHARED', 'MAP_SHARED', 'MAP_SHARED', 'MAP_SHARED | MAP_POPULATE', 'MAP_SHARED_VALIDATE', 'MAP_PRIVATE', 'MAP_SHARED | MAP_LOCKED', 'MAP_PRIVATE | MAP_POPULATE', 'MAP_SHARED_VALIDATE | MAP_SYNC', '0']

function mapping(d: Deck): string {
  const { dice } = d
  const offset = pick(d, known => known.gives === 'offset')
  const buffer = pick(d, known => known.gives === 'fd' && ['dmabuf', 'memfd'].includes(known.file))
  const what = dice.chance(50) ? offset ?? buffer : buffer ?? offset
  const node = what === offset ? d.known.find(known => known.name === what?.on) ?? null : what
  const pages = dice.chance(90) ? what?.pages ?? 1 : dice.of([0, 1, 2, 9])
  const at = pick(d, known => known.gives === 'mapping')
  const where = at !== null && dice.chance(6)
  return give(d, { gives: 'mapping', file: '', on: '', pages },
    `mmap(${pages * 4096}, ${dice.of(PROT)}, ${dice.of(MAP)}${where ? ' | MAP_FIXED' : ''}, ${written(d, node)}, ${what !== null && what === offset ? written(d, offset) : dice.chance(90) ? '0' : dice.of(['4096', '100', '8192'])}${where ? `, ${at.name}${dice.chance(30) ? ' + 4096' : ''}` : ''})`)
}

function dumb(d: Deck): string {
  const node = pick(d, known => known.file.startsWith('drm '))
  const pages = d.dice.of([1, 1, 2, 3, 4])
  return give(d, { gives: 'handle', file: '', on: node?.name ?? '', pages }, `DRM_IOCTL_MODE_CREATE_DUMB(${written(d, node)}, 64, ${16 * pages}, 32)`)
}

/** A file goes to another process, which mostly takes it at once. */
function send(d: Deck): string {
  const { dice } = d
  const known = pick(d, k => k.gives === 'fd')
  const to = dice.of(d.processes)
  const line = `sendmsg(${to}, ${written(d, known)})`
  if (known === null || to === d.process || !d.alive.has(to) || dice.chance(20)) return line
  const from = d.process
  d.lines.push({ process: from, text: line })
  d.process = to
  const taken = give(d, { ...known, on: '' }, `recvmsg(${from})`)
  d.lines.push({ process: to, text: taken })
  // What a file has goes with it: handles belong to the open file.
  for (const thing of [...d.known]) if (thing.on === known.name && dice.chance(40)) thing.owners.add(to)
  d.process = from
  return ''
}

function birth(d: Deck): string {
  const child = d.dice.of(d.processes.slice(1))
  const how = d.dice.chance(60) ? 'fork' : 'spawn'
  if (!d.alive.has(child)) {
    d.alive.add(child)
    if (how === 'fork') for (const known of d.known) if (known.owners.has(d.process)) known.owners.add(child)
  }
  return `${how}(${child})`
}
function death(d: Deck): string {
  // The last one goes on, else nothing would happen any more.
  if (d.alive.size === 1) return 'drop_caches()'
  d.alive.delete(d.process)
  for (const known of d.known) known.owners.delete(d.process)
  return 'exit()'
}

/** Lines without which others cannot work, and how often they are drawn; the rest of every hundred is any call. */
const NEEDED: readonly (readonly [number, Make])[] = [
  [6, openNode], [1.5, openOther], [6, dumb], [2, memoryFile], [10, mapping], [3, send], [0.7, birth], [0.15, death],
  [3, d => `load(${pick(d, known => known.gives === 'mapping')?.name ?? '0'}, ${d.dice.of([1, 4, 64])})`],
  [3, d => `store(${pick(d, known => known.gives === 'mapping')?.name ?? '0'}, "${d.dice.of(['a5', '01020304'])}")`],
]
const ELSEWHERE = new Set(['exit', 'fork', 'spawn', 'setuid', 'open', 'mmap', 'recvmsg', 'recv', 'sigaction'])

/** Calls whose answer others need come more often; what hardware does by itself, and what ends much, seldom. */
const weightOf = ({ name, gives, byItself, fn }: Call): number => (ELSEWHERE.has(name) ? 0.1 : byItself || fn !== undefined ? 0.5 : /close|CLOSE|destroy|DESTROY/.test(name) ? 0.6 : gives === undefined ? 1 : 2.5)
const WEIGHTS = everyCall.map(weightOf)
const TOTAL = WEIGHTS.reduce((sum, weight) => sum + weight, 0)

function anyCall(d: Deck): string {
  let at = d.dice.below(TOTAL * 100) / 100
  const call = everyCall.find((_, i) => (at -= WEIGHTS[i]!) < 0) ?? everyCall[0]!
  if (call.name === 'exit') return death(d)
  const { text, fd, thing } = callByChance(d, call)
  const made = given(call, { fd, thing })
  return made === null ? text : give(d, made, text)
}

function draw(d: Deck): string {
  let at = d.dice.below(1000) / 10
  const needed = NEEDED.find(([weight]) => (at -= weight) < 0)
  return needed ? needed[1](d) : anyCall(d)
}

/** A line for which everything is there, if a few draws find one. */
function drawFitting(d: Deck): string {
  for (let tries = 0; ; tries++) {
    const known = [...d.known]
    const lines = d.lines.length
    d.missing = false
    const text = draw(d)
    if (!d.missing || tries === 4 || d.lines.length > lines) return text
    d.known.splice(0, d.known.length, ...known)
  }
}

/** `length` lines or a few more. */
export function generate(seed: number, devices: readonly DeviceSpec[], length: number): Line[] {
  const d: Deck = { dice: new Dice(seed), devices, processes: PROCESSES, alive: new Set(['A']), known: [], lines: [], process: 'A', next: 1, missing: false }
  const begun = new Set<string>()
  while (d.lines.length < length) {
    if (!d.alive.has(d.process) || d.dice.chance(8)) d.process = d.dice.of([...d.alive])
    // Most processes survive a wrong access, and go on.
    if (!begun.has(d.process)) {
      begun.add(d.process)
      if (d.dice.chance(98)) d.lines.push({ process: d.process, text: 'sigaction(SIGSEGV | SIGBUS)' })
      for (let i = 0; i < 2; i++) d.lines.push({ process: d.process, text: openNode(d) })
    }
    const { process } = d
    for (const text of drawFitting(d).split('\n')) if (text !== '') d.lines.push({ process, text })
  }
  return d.lines
}
