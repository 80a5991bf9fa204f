/**
 * `npm run oracle -- PATH…`: replays recordings of real kernels, the repository's own where no path is given, and says how far the
 * simulated kernel gives the same answers.
 * The rate is that of replaying and comparing in a fresh process; putting the code together and reading the recordings come before.
 * Every operation counts; after the first difference in a sequence the rest counts as different. `--kernel ID` overrides the flavour,
 * `--devices LIST` keeps only sequences that need no other devices, `--show N` prints N first differences.
 */
import { flavours } from '../kernel/flavours.ts'
import { Malformed, malformed, type Recording, type Sequence } from '../recordings/read.ts'
import { flavourOf } from '../recordings/releases.ts'
import { replay } from '../recordings/replay.ts'
import { World } from '../world/world.ts'
import { paceOf, realClock, type Clock } from './pace.ts'
import { filesOf, OWN, recordingIn } from './recording-files.ts'

interface Tally { agree: number; all: number }

const devicesIn = (s: Sequence): Set<string> => new Set(s.ops.flatMap(op => [
  ...(op.op === 'open' || op.op === 'fb_info' || op.op === 'gem_names' ? [String(op.dev ?? 'vgem')] : []), ...(op.op === 'memfd' ? ['memfd'] : []),
]))

interface Options { kernel: string | null; show: number; devices: readonly string[] | null; paths: string[] }
function options(argv: readonly string[]): Options {
  const found: Options = { kernel: null, show: 10, devices: null, paths: [] }
  const words = [...argv]
  const valueOf = (option: string, remedy: string): string => words.shift() ?? malformed('oracle', `${option} has no value behind it`, remedy)
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--kernel') found.kernel = kernelCalled(valueOf(word, CHOOSE))
    else if (word === '--show') found.show = countOf(valueOf(word, SHOW))
    else if (word === '--devices') found.devices = valueOf(word, 'List drivers, as in vgem,vkms.').split(',')
    else if (word.startsWith('--') && word !== '--') malformed('oracle', `there is no option ${word}`, 'Options: --kernel, --show, --devices.')
    else if (word !== '--') found.paths.push(word)
  }
  return found
}
const CHOOSE = `Choose one of ${Object.keys(flavours).join(', ')}.`
const SHOW = 'Say how many differences to print, such as 10.'
const kernelCalled = (id: string): string => (flavours[id] ? id : malformed('oracle', `there is no kernel ${id}`, CHOOSE))
const countOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : malformed('oracle', `--show ${text} is no number`, SHOW))

/** The recordings at a path. None is not agreement: a folder without any is the wrong folder. */
function recordingsAt(path: string): Recording[] {
  const files = filesOf(path)
  if (files.length === 0) malformed(path, 'there is no recording in this folder', 'A recording is a file that ends in .json or .json.gz.')
  return files.map(recordingIn)
}

export async function main(argv: readonly string[], clock: Clock = realClock): Promise<number> {
  try {
    const { kernel, show, devices, paths } = options(argv)
    const recordings = (paths.length === 0 ? [OWN] : paths).flatMap(recordingsAt)
    return report(recordings, kernel, show, devices, clock)
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    console.error(error.message)
    return 2
  }
}

function count(tallies: Map<string, Tally>, key: string, agree: number, all: number): void {
  const tally = tallies.get(key)
  if (!tally) return void tallies.set(key, { agree, all })
  tally.agree += agree
  tally.all += all
}

function report(recordings: readonly Recording[], kernel: string | null, show: number, devices: readonly string[] | null, clock: Clock): number {
  const total: Tally = { agree: 0, all: 0 }
  let world = new World({ history: 'none' })
  const kinds = new Map<string, Tally>()
  const apart = new Map<string, Tally>()
  const firsts: string[] = []
  const leftOver: string[] = []
  let whole = 0
  let sequences = 0
  let done = 0
  const pace = paceOf(recordings.reduce((sum, r) => sum + r.sequences.reduce((n, s) => n + s.ops.length, 0), 0), 'operations', line => console.error(line), clock)
  const judge = (recording: Recording, sequence: Sequence, flavour: string | undefined): void => {
    const { length } = sequence.ops
    world = new World({ history: 'none', after: world })
    const { at, why, got } = replay(recording, sequence, flavour ?? 'KNOW', world)
    pace.reach(done += length)
    const agree = at < 0 ? length : at
    if (flavour === undefined) return count(apart, recording.kernel, agree, length)
    sequences++
    if (at < 0 && why) leftOver.push(`${recording.file} ${sequence.name}: ${why}`)
    else if (at < 0) whole++
    else firsts.push(`${recording.file} ${sequence.name}, op ${at + 1} of ${length} (ops[${at}]): ${JSON.stringify(sequence.ops[at])}\n    ${why}\n    answered ${got ? JSON.stringify(got) : 'nothing'}, recorded ${JSON.stringify(sequence.results[at])}`)
    total.agree += agree
    total.all += length
    sequence.ops.forEach(({ op }, i) => count(kinds, op, i < agree ? 1 : 0, 1))
  }
  for (const recording of recordings) {
    const flavour = kernel ?? flavourOf(recording.kernel)
    for (const sequence of recording.sequences) if (!devices || [...devicesIn(sequence)].every(d => devices.includes(d))) judge(recording, sequence, flavour)
  }
  console.log('Agreement per operation')
  for (const [op, { agree, all }] of [...kinds].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`  ${op.padEnd(14)} ${String(agree).padStart(6)} of ${String(all).padStart(6)}`)
  if (firsts.length) console.log(`First differences (${Math.min(show, firsts.length)} of ${firsts.length})`)
  for (const first of firsts.slice(0, show)) console.log(`  ${first}`)
  if (leftOver.length) console.log(`Different after the end (${leftOver.length} sequences), which is no operation`)
  for (const one of leftOver.slice(0, show)) console.log(`  ${one}`)
  for (const [release, { agree, all }] of apart) console.log(`Apart, because there is no flavour for it: ${release.split(' ')[0]}, ${agree} of ${all} operations answered as KNOW would`)
  console.log(pace.total())
  console.log(`${whole} of ${sequences} sequences agree`)
  console.log(`${total.agree} of ${total.all} operations agree`)
  return whole === sequences ? 0 : 1
}
