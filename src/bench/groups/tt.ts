/** Time travel: what keeping history costs, and how long a jump to any step of a long run takes. */
import { hashValue, mix } from '../../base/hash.ts'
import type { Journal } from '../../journal/run.ts'
import { Seeker } from '../../journal/seek.ts'
import { MutableSnapshot, type Snapshot } from '../../journal/snapshot.ts'
import { boot } from '../../machine/boot.ts'
import { readProgram } from '../../userspace/program/check.ts'
import { choose } from '../../worker/choose.ts'
import { World } from '../../world/world.ts'
import type { Group } from '../bench.ts'
import { against, context, inTurn, median, quantile, timed, type Row } from '../measure.ts'

const STORIES = 6
function stories(history: 'steps' | 'none'): number {
  const { blueprint, scenario } = choose({ scenario: 'canonical', variant: 'V5', platform: '', exporter: 'E2' })
  const { program } = readProgram(scenario.program)
  return timed(() => {
    for (let i = 0; i < STORIES; i++) {
      const run = boot(blueprint, program, { history })
      while (run.tick(() => 0));
    }
  })
}

const STEPS = 1_000_000
const [LINES, ENTRIES, COUNTERS] = [512, 1024, 64]
const WORDS_OF_A_LINE = 16

/** A run of a million steps: lines are written, table entries set, counters moved. */
function longRun(): Journal {
  const world = new World()
  let x = 2463534242
  const random = (below: number): number => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) % below
  }
  for (let i = 0; i < COUNTERS; i++) world.create(`fence:${i}`, { driver: 'bench', context: 0, seqno: 0, signalled: false, refcount: 0 } as never)
  world.emit('program.start', { processes: COUNTERS })
  const line = new Uint32Array(WORDS_OF_A_LINE)
  while (world.steps.length < STEPS) {
    const kind = random(4)
    if (kind < 2) world.write('dram', random(LINES) * WORDS_OF_A_LINE, line.fill(random(0xffffffff)))
    else if (kind === 2) world.write('bench.entries', random(ENTRIES) * 2, [random(0xffffffff), random(0xffffffff)])
    else world.set(`fence:${random(COUNTERS)}` as 'fence:0', 'refcount', random(0xffff))
    world.emit('program.start', { processes: 1 })
  }
  return { header: {} as Journal['header'], steps: world.steps }
}

/** What a view of everything would read. */
function checksum({ records, words }: Snapshot): number {
  let sum = 0
  for (const id of [...records.keys()].sort()) sum = mix(sum ^ hashValue(records.get(id)))
  for (const area of ['dram', 'bench.entries']) {
    const all = words[area] ?? new Uint32Array(0)
    for (let i = 0; i < all.length; i++) sum = Math.imul(sum ^ all[i]!, 0x9e3779b1) >>> 0
  }
  return sum
}

const SEEKS = 200
export function seeking(): Row[] {
  const journal = longRun()
  const begun = performance.now()
  const seeker = new Seeker(journal)
  seeker.at(STEPS - 1)
  const whole = performance.now() - begun
  let x = 88172645
  const wanted = Array.from({ length: SEEKS }, () => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0
    return x % STEPS
  })
  const sums: number[] = []
  const times = wanted.map(seq => timed(() => void sums.push(checksum(seeker.at(seq)))))
  // From zero, in order: one fold that stops wherever a jump went.
  const truth = new Map<number, number>()
  const fold = new MutableSnapshot()
  const peers: number[] = []
  let from = performance.now()
  const stops = new Set(wanted)
  journal.steps.forEach((step, seq) => {
    fold.apply(step)
    if (!stops.has(seq)) return
    truth.set(seq, checksum(fold))
    peers.push(performance.now() - from)
  })
  from = 0
  const wrong = wanted.filter((seq, i) => truth.get(seq) !== sums[i]).length
  return [
    {
      ...against('tt.seek', `jump to a random step of ${STEPS.toLocaleString('en')}, with a checksum of everything, p99`, 'ms', 'fold from zero, p50', { product: [quantile(times, 0.99)], peer: [median(peers)] },
        { floor: 0.1, goal: 0.02, moonshot: 0.01 }, wrong === 0 ? 'ok' : `${wrong} of ${SEEKS} jumps came out differently`),
    },
    context('tt.seek.median', 'the same jumps, median', 'ms', [median(times)]),
    context('tt.fold', 'the first way through the run, keyframes taken', 'ms', [whole]),
  ]
}

export default {
  id: 'tt', title: 'time travel',
  async measure(): Promise<readonly Row[]> {
    return [
      against('tt.record', `${STORIES} stories with history against without`, 'ms', 'the same without history', inTurn(() => stories('steps'), () => stories('none')), { floor: 2, goal: 1.5, moonshot: 1.2 }),
      ...seeking(),
    ]
  },
} satisfies Group
