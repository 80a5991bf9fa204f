/** Runs a program made by chance and watches what must hold: no exception, counts that equal references after every step, nothing left at the end. */
import { u64, type U64 } from '../../base/bits.ts'
import { PAGE_SIZE } from '../../base/brand.ts'
import mali from '../../journal/page-tables/mali.ts'
import { danglingRefs, unheldNames, wrongCounts } from '../../journal/edges.ts'
import { all, type Snapshot } from '../../journal/snapshot.ts'
import { is } from '../../journal/step.ts'
import { entryIn, tablesFrom } from '../../journal/walk.ts'
import { drivers } from '../../kernel/boot.ts'
import { compareReleases } from '../../kernel/driver.ts'
import { base } from '../../machine/base.ts'
import type { Blueprint, DeviceSpec } from '../../machine/blueprint.ts'
import { boot } from '../../machine/boot.ts'
import { Dice } from '../../machine/random-program.ts'
import type { Run } from '../../machine/run.ts'
import { AXES, type Variant } from '../../machine/variant.ts'
import { readProgram } from '../../userspace/program/check.ts'
import { parts, variants } from '../../worker/shelves.ts'
import { textOf, type Line } from './deck.ts'
import { generate, PROCESSES } from './generate.ts'

/** A program and the machine it runs on, all of it from one number. */
export interface Case {
  readonly seed: number
  readonly blueprint: Blueprint
  readonly variant: Variant | null
  readonly lines: readonly Line[]
  /** Lines run in the order in which they were drawn; else processes interrupt each other wherever they can. */
  readonly scheduled: boolean
}
export interface Failure {
  /** What is wrong in words that do not depend on names: shorter programs that fail in the same way are looked for. */
  readonly kind: string
  readonly text: string
}
export interface Played {
  readonly failure: Failure | null
  /** Lines that ran, and what they answered: `ok`, an errno, `skipped`. */
  readonly steps: number
  readonly answers: ReadonlyMap<string, number>
  readonly worked: ReadonlyMap<string, { readonly ok: number; readonly all: number }>
}

const RENDER = 128
/** The devices of the choices made, and up to three others; a second card of a kind too. */
function devicesFor(dice: Dice, chosen: readonly DeviceSpec[]): DeviceSpec[] {
  const names = Object.keys(drivers)
  const found = chosen.map(device => ({ ...device }))
  for (let more = 1 + dice.below(3); more > 0; more--) {
    const driver = dice.of(names)
    const same = found.filter(device => device.driver.replace(/#\d+$/, '') === driver).length
    found.push({ driver: same === 0 ? driver : `${driver}#${same + 1}`, card: '', render: dice.chance(60) ? '' : null, role: '' })
  }
  return found.map((device, i) => ({ ...device, card: `card${i}`, render: device.render === null ? null : `renderD${RENDER + i}` }))
}

export function caseOf(seed: number, length: number): Case {
  const dice = new Dice(seed + 1_000_000)
  const variant = dice.chance(40) ? dice.of(variants) : null
  const chosen = AXES.map(axis => {
    const own = variant && axis in variant.parts ? variant.parts[axis as keyof Variant['parts']] : undefined
    return parts[axis].find(part => part.id === own) ?? dice.of(parts[axis])
  })
  const composed = chosen.reduce((b, part) => part.change(b), base)
  const changed = variant?.change?.(composed) ?? composed
  const blueprint = { ...changed, devices: devicesFor(dice, changed.devices), chosen: Object.fromEntries(chosen.map(part => [part.axis, part.id])) }
  return { seed, blueprint, variant, lines: generate(seed, blueprint.devices, length), scheduled: dice.chance(60) }
}

/** Objects of the machine itself, which no program makes. */
const MACHINE = new Set(['kernel', 'device', 'crtc', 'gpu_mmu', 'io_table', 'script', 'prog', 'task', 'frames'])
const kind = (id: string): string => id.slice(0, id.indexOf(':'))

/** Its node loses references in this release, as the driver itself declares. */
const forgets = (release: string) => ({ driver }: DeviceSpec): boolean => {
  const until = drivers[driver.replace(/#\d+$/, '')]!.forgetsUntil
  return until !== undefined && (until === 'never' || compareReleases(release, until) < 0)
}
/** A variant on this kernel, or a driver of this machine, says that references may be lost. */
export const mayLeak = ({ blueprint, variant }: Pick<Case, 'blueprint' | 'variant'>): boolean =>
  variant?.leaks !== undefined || blueprint.devices.some(forgets(blueprint.kernel.release)) || variants.some(v => v.leaks !== undefined && v.change === undefined && v.parts.kernel === blueprint.chosen.kernel)

/** What lost references keep alive: all that can be reached from their ends. */
function keptAlive(snapshot: Snapshot): ReadonlySet<string> {
  const next = new Map<string, string[]>()
  const also = (from: string, to: string): void => void next.set(from, [...(next.get(from) ?? []), to])
  const kept = new Set<string>()
  const open: string[] = []
  for (const [id, { from, to, lost }] of all(snapshot, 'ref')) {
    also(from, id)
    also(id, to)
    if (lost) open.push(id)
  }
  for (const [id, { resv }] of all(snapshot, 'gem')) also(id, resv)
  for (const [id, { resv, file, priv }] of all(snapshot, 'dma_buf')) for (const to of [resv, file, priv]) also(id, to)
  for (const [id, { importAttach }] of all(snapshot, 'gem')) if (importAttach) also(id, importAttach)
  while (open.length > 0) {
    const id = open.pop()!
    if (kept.has(id)) continue
    kept.add(id)
    open.push(...(next.get(id) ?? []))
  }
  return kept
}

function leftOver(run: Run, found: Case): string[] {
  const { world } = run
  const lost = world.ids('ref').some(id => world.get(id).lost)
  // A release that an assertion of the kernel ended half way leaves things behind, as it does in reality.
  if (world.get('kernel:0').bug !== null || world.steps.some(step => is(step, 'kernel.bug'))) return []
  if (lost && !mayLeak(found)) return ['references are lost, and neither a variant on this kernel nor a driver declares that']
  const kept = keptAlive(world)
  const left = [...world.records.keys()].filter(id => !MACHINE.has(kind(id)) && !kept.has(id)).map(id => `${id} is left over`)
  const frames = world.find('frames:0')
  if (lost || !frames) return left
  const firstPfn = found.blueprint.platform.dramBase / PAGE_SIZE
  const tables = all(world, 'gpu_mmu').flatMap(([, { pgd }]) => tablesFrom(mali, pgd, at => entryIn(world, firstPfn, at, 'cpu')).map(at => at / PAGE_SIZE - firstPfn)).concat(all(world, 'io_table').flatMap(([, { frames }]) => frames))
  const pages = new Set([...frames.free, ...tables]).size
  return pages === frames.next ? left : [...left, `${frames.next} pages were taken, and ${pages} are free again or tables of a GPU`]
}

/** Ids and numbers make no other failure. */
const kindOfFailure = (text: string): string => text.replace(/\b[a-z_]+:\S+/g, id => kind(id)).replace(/\d+/g, 'n')

const same = (a: U64, b: U64): boolean => a.hi === b.hi && a.lo === b.lo

const MOST_TICKS = 20_000

function tickAll(run: Run, choose: (count: number) => number, after: () => string[]): string[] {
  for (let ticks = 0; run.tick(choose); ticks++) {
    if (ticks > MOST_TICKS) return ['the run does not end']
    const wrong = after()
    if (wrong.length > 0) return wrong
  }
  return []
}

export function play(found: Case): Played {
  const { program, mistakes } = readProgram(textOf({ processes: PROCESSES, lines: found.lines }, found.scheduled))
  if (mistakes.length > 0) throw new Error(`the generator wrote a mistake, seed ${found.seed}: ${mistakes[0]!.at.line}: ${mistakes[0]!.message}`)
  const dice = new Dice(found.seed + 2_000_000)
  const answers = new Map<string, number>()
  const worked = new Map<string, { ok: number; all: number }>()
  let run: Run | null = null
  let text: string | null = null
  try {
    run = boot(found.blueprint, program, { hashing: found.seed % 4 === 0 })
    const { world } = run
    const wrong = (): string[] => [...wrongCounts(world), ...danglingRefs(world), ...unheldNames(world)]
    let failed = tickAll(run, count => (dice.chance(70) ? 0 : dice.below(count)), wrong)
    run.endAll()
    if (failed.length === 0) failed = wrong()
    // What was queued for a GPU runs to its end.
    if (failed.length === 0) failed = tickAll(run, () => 0, wrong)
    if (failed.length === 0) failed = leftOver(run, found)
    if (failed.length === 0 && world.untold) failed = ['changes wait for their event']
    if (failed.length === 0 && found.seed % 4 === 0 && !same(world.hash, world.recomputeHash())) failed = ['the hash is not that of the state']
    count(run, answers, worked)
    if (failed.length === 0) {
      world.undo(0)
      if (world.records.size > 0 || !same(world.recomputeHash(), u64(0, 0))) failed = ['taken back to its beginning, the world is not empty']
    }
    text = failed[0] ?? null
  } catch (error) {
    const { message, stack = '' } = error as Error
    text = `exception: ${message}\n${stack.split('\n').slice(1, 8).join('\n')}`
    if (run) count(run, answers, worked)
  }
  return { failure: text === null ? null : { kind: kindOfFailure(text.split('\n')[0]!), text }, steps: [...answers.values()].reduce((sum, n) => sum + n, 0), answers, worked }
}

function count({ world }: Run, answers: Map<string, number>, worked: Map<string, { ok: number; all: number }>): void {
  const note = (name: string, answer: string): void => {
    answers.set(answer, (answers.get(answer) ?? 0) + 1)
    const { ok, all: made } = worked.get(name) ?? { ok: 0, all: 0 }
    worked.set(name, { ok: ok + (answer === 'ok' ? 1 : 0), all: made + 1 })
  }
  for (const step of world.steps) {
    if (is(step, 'call.leave')) note(step.fields.name, step.fields.errno ?? 'ok')
    else if (is(step, 'line.quiet')) note(/^\w+/.exec(step.fields.text)![0], 'ok')
    else if (is(step, 'line.skip')) note(/\w+(?=\()/.exec(step.fields.text)![0], 'skipped')
  }
}
