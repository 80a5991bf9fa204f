/** How fast the machine runs: system calls of one process on a booted kernel, against what strace can note of a real one. */
import { spawnSync } from 'node:child_process'
import { bootKernel } from '../../kernel/boot.ts'
import { WORD_SIZE, type PhysAddr } from '../../base/brand.ts'
import { realClock } from '../../cli/pace.ts'
import { filesOf, OWN, recordingIn } from '../../cli/recording-files.ts'
import { flavours } from '../../kernel/flavours.ts'
import { trap, valueOf } from '../../kernel/trap.ts'
import { base } from '../../machine/base.ts'
import { createHardware } from '../../machine/create-hardware.ts'
import type { Recording } from '../../recordings/read.ts'
import { flavourOf } from '../../recordings/releases.ts'
import { replay } from '../../recordings/replay.ts'
import { simpleHardware } from '../../recordings/simple-hardware.ts'
import { DISPLAY_SHOWN } from '../../journal/areas.ts'
import { pixels, sizeOf } from '../../userspace/pictures.ts'
import { World } from '../../world/world.ts'
import type { Group } from '../bench.ts'
import { against, context, inTurn, limited, timed, type Row } from '../measure.ts'

const CALLS = 40_000

/** Calls in a second: a descriptor is doubled and closed again. */
function syscalls(history: 'steps' | 'none'): number {
  const world = new World({ history })
  const booted = bootKernel(world, simpleHardware(world), flavours.K61!, [{ driver: 'vgem', card: 'card0', render: 'renderD128' }])
  booted.start('p1')
  const k = booted.context('task:p1')
  const fd = valueOf(trap(k, 'open', { path: '/dev/dri/card0', flags: ['O_RDWR'] }))
  const ms = timed(() => {
    for (let i = 0; i < CALLS / 2; i++) trap(k, 'close', { fd: valueOf(trap(k, 'dup', { fd })) })
  })
  if (k.world.ids('file').length !== 1) throw new Error('the descriptors were not closed')
  return CALLS / (ms / 1000)
}

const ACCESSES = 200_000
const BYTES = 1 << 20
const LINE = 64

/** The same random accesses for both: every third stores a word, the others load one. */
function accesses(access: (at: number, stores: boolean) => void): number {
  let x = 2463534242
  const ms = timed(() => {
    for (let i = 0; i < ACCESSES; i++) {
      x ^= x << 13
      x ^= x >>> 17
      x ^= x << 5
      access((x >>> 0) % BYTES & ~3, i % 3 === 0)
    }
  })
  return ACCESSES / (ms / 1000)
}

/** Accesses in a second through the caches of the machine, each told by an event. */
function machine(): number {
  const world = new World()
  const memory = createHardware(world, base.platform)
  const word = new Uint8Array(4)
  return accesses((at, stores) => {
    const phys = at as PhysAddr
    if (stores) {
      word[0] = at
      memory.store(0, phys, 'wb', word)
      world.emit('store.bytes', { task: 'task:bench', addr: at, attr: 'wb', core: 0, sizeBytes: 4, phys, bytes: '' })
    } else {
      memory.load(0, phys, 'wb', 4)
      world.emit('load.bytes', { task: 'task:bench', addr: at, attr: 'wb', core: 0, sizeBytes: 4, phys, bytes: '' })
    }
  })
}

/** Accesses in a second of programs that store and load a range at once, as fills and copies do: each a word, told together. */
function inOneOperation(): number {
  const world = new World()
  const memory = createHardware(world, base.platform)
  const bytes = new Uint8Array(BYTES)
  const phys = 0 as PhysAddr
  const rounds = 8
  const ms = timed(() => {
    for (let i = 0; i < rounds; i++) {
      bytes.fill(i + 1)
      memory.store(0, phys, 'wb', bytes)
      world.emit('store.bytes', { task: 'task:bench', addr: 0, attr: 'wb', core: 0, sizeBytes: BYTES, phys, bytes: '' })
      if (memory.load(0, phys, 'wb', BYTES)[i] !== i + 1) throw new Error('what was stored is loaded')
      world.emit('load.bytes', { task: 'task:bench', addr: 0, attr: 'wb', core: 0, sizeBytes: BYTES, phys, bytes: '' })
    }
  })
  return (rounds * 2 * BYTES) / WORD_SIZE / (ms / 1000)
}

/** The limit: tags, data and a journal of old and new words in flat arrays, one function, nothing allocated. */
function flat(): number {
  const memory = new Uint32Array(BYTES / 4)
  const data = new Uint32Array(BYTES / 4)
  const lines = new Uint8Array(BYTES / LINE)
  const journal = new Uint32Array(4 * ACCESSES)
  let end = 0
  let sum = 0
  const rate = accesses((at, stores) => {
    const line = at / LINE | 0
    if (lines[line] === 0) {
      data.set(memory.subarray(line * 16, line * 16 + 16), line * 16)
      lines[line] = 1
    }
    const word = at >> 2
    journal[end++] = word
    if (stores) {
      journal[end++] = data[word]!
      journal[end++] = at
      data[word] = at
      lines[line] = 2
    } else sum += data[word]!
  })
  if (sum < 0) throw new Error('loads are read')
  return rate
}

const FULL_HD = 'day_1080p'
const HD_LIMIT_MS = 150

/** Milliseconds of processor time to write a full-HD picture through the cache, clean it and scan it out, as the worker does it: journal kept. */
function fullHd(): number {
  const sizeBytes = sizeOf(FULL_HD)
  const world = new World()
  const memory = createHardware(world, base.platform)
  const picture = new Uint8Array(pixels(FULL_HD, sizeBytes).buffer)
  const phys = base.platform.dramBase as PhysAddr
  const begun = realClock.cpu()
  memory.store(0, phys, 'wb', picture)
  world.emit('store.bytes', { task: 'task:bench', addr: 0, attr: 'wb', core: 0, sizeBytes, phys, bytes: '' })
  memory.clean(phys, sizeBytes)
  const shown = memory.deviceRead('display', phys, sizeBytes)
  world.write(DISPLAY_SHOWN, 0, new Uint32Array(shown.buffer), true)
  world.emit('display.scanout', { crtc: 'crtc:bench', fb: 'fb:bench', pixels: sizeBytes / WORD_SIZE })
  const ms = realClock.cpu() - begun
  const { written } = world.steps.find(({ event }) => event === 'cache.clean')!.fields as { written: number }
  if (written !== sizeBytes / LINE || shown.some((byte, i) => byte !== picture[i])) throw new Error('the picture is not on the panel')
  return ms
}

/** Calls in a second that strace notes of a program that makes two calls for each byte; null: not installed. */
function straced(): number | null {
  const count = 20_000
  let status: number | null = null
  const ms = timed(() => {
    status = spawnSync('strace', ['-f', '-tt', '-T', '-o', process.platform === 'win32' ? 'NUL' : '/dev/null', 'dd', 'if=/dev/zero', 'of=/dev/null', 'bs=1', `count=${count}`], { stdio: 'ignore' }).status
  })
  return status === 0 ? (2 * count) / (ms / 1000) : null
}

/** What the runner of recordings must reach, in operations in a second of one core. */
const ORACLE_LIMIT = 50_000

/** Operations of all recordings of the repository, replayed and compared, in a second of processor time on all threads of this process. */
function recorded(recordings: readonly Recording[]): number {
  let operations = 0
  let world = new World({ history: 'none' })
  const begun = realClock.cpu()
  for (const recording of recordings) {
    for (const sequence of recording.sequences) {
      world = new World({ history: 'none', after: world })
      const { at } = replay(recording, sequence, flavourOf(recording.kernel) ?? 'KNOW', world)
      if (at >= 0) throw new Error(`${recording.file} ${sequence.name} is answered differently`)
      operations += sequence.ops.length
    }
  }
  return operations / ((realClock.cpu() - begun) / 1000)
}
/** The first pass is that of a command that has just begun, most of it spent on compiling; the others are those of one that goes on. */
function oracleRows(): Row[] {
  const recordings = filesOf(OWN).map(recordingIn)
  const what = 'recorded operations in a second of processor time'
  const first = recorded(recordings)
  recorded(recordings)
  return [
    context('sim.oracle.first', `${what}, first pass of a process`, 'ops/s', [first]),
    limited('sim.oracle', `${what}, after two passes`, 'ops/s', [1, 2, 3].map(() => recorded(recordings)), ORACLE_LIMIT, 'ok', true),
  ]
}

export default {
  id: 'sim', title: 'speed of the simulated machine',
  async measure(): Promise<readonly Row[]> {
    // Before anything else has warmed the machine up.
    const rows: Row[] = oracleRows()
    const what = 'simulated system calls in a second, journal kept'
    if (straced() === null) rows.push(context('sim.syscall', what, 'calls/s', [1, 2, 3].map(() => syscalls('steps')), 'skipped (not installed): strace'))
    else rows.push(against('sim.syscall', what, 'calls/s', 'strace -f -tt -T of dd bs=1', inTurn(() => syscalls('steps'), () => straced()!), { floor: 10, goal: 25, moonshot: 60, up: true }))
    rows.push(context('sim.syscall.bare', 'the same without a journal', 'calls/s', [1, 2, 3].map(() => syscalls('none'))))
    fullHd()
    rows.push(limited('sim.hd', 'a full-HD picture written, cleaned and scanned out, journal kept, processor time', 'ms', [1, 2, 3].map(fullHd), HD_LIMIT_MS))
    rows.push(against('sim.access', 'memory accesses in a second, with caches and journal', 'accesses/s', 'flat arrays with a journal', inTurn(machine, flat), { floor: 0.1, goal: 0.25, moonshot: 0.5, up: true }))
    rows.push(context('sim.access.range', 'the same in ranges of a mebibyte, each told by one event, as programs make them', 'accesses/s', [1, 2, 3].map(inOneOperation)))
    return rows
  },
} satisfies Group
