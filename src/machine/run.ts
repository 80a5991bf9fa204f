/**
 * The run loop: who goes on next. Without a schedule the current process runs until it waits, then the next one in the order
 * of the program, and when no process can go on, the engines. Each choice among several is a pick; pick 0 means: go on as before.
 * Where anything may happen by itself, that is among the choices, behind all that can go on.
 */
import { fill } from '../base/fill.ts'
import type { ByItself } from '../hardware/by-itself.ts'
import type { Platform } from '../hardware/hardware.ts'
import type { Mode } from '../journal/run.ts'
import { BY_ITSELF } from '../journal/stops.ts'
import type { Booted } from '../kernel/boot.ts'
import { coreOf } from '../kernel/page.ts'
import type { World } from '../world/world.ts'
import { actors, type Actor } from './actors.ts'
import type { Choices, Pick } from './choices.ts'
import { nature } from './nature.ts'
import { advance, endProcess, isReady, skip, waitsFor, type Running } from './process.ts'
import { progOf } from './prog.ts'
import type { Script, ScriptProcess } from './script.ts'
import type { MesaParts } from '../userspace/mesa/parts.ts'
import { SENTENCES } from './sentences.ts'

/** What can go on now. */
export type Candidate = { readonly process: ScriptProcess } | { readonly actor: Actor } | { readonly turn: number }
/** What can come next: somebody goes on, or something happens by itself. */
export type Way = Candidate | ByItself

/** `lines`: so many of each buffer are those on which something may happen by itself. */
export interface Manner { readonly mode: Mode; readonly lines: number }

/** By chance something happens to one line in so many before each step, at most. */
const RARELY = 16

export class Run {
  readonly choices: Choices
  readonly manner: Manner
  private readonly r: Running
  constructor(world: World, booted: Booted, mesa: MesaParts, script: Script, choices: Choices, manner: Manner) {
    this.r = { world, booted, mesa, script, mode: manner.mode }
    this.choices = choices
    this.manner = manner
  }

  get world(): World { return this.r.world }
  get script(): Script { return this.r.script }
  get booted(): Booted { return this.r.booted }
  /** Ends every process that is still there, as a machine does that is shut down. */
  endAll(): void {
    for (const p of this.r.script.processes) if ((this.r.world.find(p.task)?.state ?? 'exited') !== 'exited') endProcess(this.r, p, 'shutdown')
  }

  /** Everything that can go on, the current process first; while a schedule lasts, it alone. */
  candidates(): Candidate[] {
    const { world, script } = this.r
    const { current, turn } = world.get('script:0')
    if (script.schedule && turn < script.schedule.length) return [{ turn }]
    const at = script.processes.findIndex(p => p.letter === current)
    const order = at < 0 ? script.processes : [...script.processes.slice(at), ...script.processes.slice(0, at)]
    return [...order.filter(p => isReady(this.r, p)).map(process => ({ process })), ...this.engines().map(actor => ({ actor }))]
  }
  private engines(): Actor[] { return actors.filter(actor => actor.ready(this.r.world)) }

  /** The lines on which something may happen by itself now. */
  lines(): number[] { return nature().linesOf(this.r.world, this.platform, this.manner.lines) }
  /** What may happen by itself now, among these lines. */
  byItself(lines: readonly number[] = this.lines()): ByItself[] { return nature().byItself(this.r.world, this.platform, lines) }
  /** Whether such an event may make a difference now, as far as that can be told without a step. */
  matters(event: ByItself): boolean { return nature().matters(this.r.world, this.platform, event) }
  get platform(): Platform { return this.r.booted.context('task:boot').hw.platform }

  /** Takes one way, up to the next pause. */
  take(way: Way): void {
    if ('turn' in way) return this.scheduled()
    if ('process' in way || 'actor' in way) return this.act(way)
    this.r.world.actor = BY_ITSELF
    nature().letHappen(this.r.world, this.r.booted.context('task:boot').hw, way)
  }

  private act(candidate: Exclude<Candidate, { turn: number }>): void {
    const { world, booted } = this.r
    if ('process' in candidate) {
      const { current } = world.get('script:0')
      if (current !== candidate.process.letter) this.switchFrom(current)
      world.set('script:0', 'current', candidate.process.letter)
      advance(this.r, candidate.process)
      return
    }
    world.actor = candidate.actor.id
    candidate.actor.step(booted.context('task:boot'))
    world.stack = []
    world.call = ''
  }

  /** A process that makes room for another has entered the kernel: its core's stores are complete. */
  private switchFrom(letter: string): void {
    const p = this.r.script.byLetter.get(letter)
    if (p === undefined) return
    const k = this.r.booted.context(p.task)
    this.r.world.actor = p.task
    k.hw.barrier(coreOf(k), 'its process makes room')
  }

  /** One step of the run; false when it is over. */
  tick(pick: Pick = this.choices.pick): boolean {
    const candidates = this.candidates()
    if (candidates.length === 0) return this.over()
    if (this.manner.mode === 'random') this.byChance(pick)
    const ways = this.manner.mode === 'explore' ? [...candidates, ...this.byItself()] : candidates
    // Where anything may happen every step is a decision, so that their places are those of the steps.
    this.take(ways[ways.length > 1 || this.manner.mode === 'explore' ? Math.min(pick(ways.length), ways.length - 1) : 0]!)
    return true
  }

  /** A few things happen. Lines that are held are as many things that may leave, so the more there are, the more of them do. */
  private byChance(pick: Pick): void {
    const lines = this.lines()
    for (let more = pick(2 + Math.floor(lines.length / RARELY)); more > 0; more--) {
      const events = this.byItself(lines)
      if (events.length > 0) this.take(events[pick(events.length)]!)
    }
  }

  /** The schedule says whose call is next; a wait there that nothing can end is interrupted. */
  private scheduled(): void {
    const { world, script } = this.r
    const { turn, left } = world.get('script:0')
    const { process: name, count } = script.schedule![turn]!
    const p = script.processes.find(q => q.letter === name || q.name === name)!
    const { pc, state } = world.get(progOf(p.letter))
    if (pc >= p.calls.length) this.turnDone(turn, left, count, count)
    else if (state !== 'running') {
      skip(this.r, p, fill(state === 'unborn' ? SENTENCES.notBegun : SENTENCES.gone, p))
      this.turnDone(turn, left, count, 1)
    } else {
      if (isReady(this.r, p)) this.act({ process: p })
      else {
        const [actor] = this.engines()
        if (actor) this.act({ actor })
        else advance(this.r, p, true)
      }
      if (world.get(progOf(p.letter)).pc > pc || world.get(progOf(p.letter)).state !== 'running') this.turnDone(turn, left, count, 1)
    }
  }
  private turnDone(turn: number, left: number, count: number, by: number): void {
    const { world } = this.r
    const done = left + by
    if (done >= count) this.switchFrom(world.get('script:0').current)
    world.set('script:0', 'left', done >= count ? 0 : done)
    if (done >= count) world.set('script:0', 'turn', turn + 1)
    world.emit('schedule.next', { turn })
  }

  /** Processes that sleep until something changes. */
  waiting(): ScriptProcess[] { return this.r.script.processes.filter(p => waitsFor(this.r, p) !== null) }

  /** Nobody can go on: if somebody should, it is told, once. */
  private over(): boolean {
    const { world } = this.r
    const stuck = this.waiting()
    if (stuck.length > 0 && !world.get('script:0').stuck) {
      world.actor = 'machine'
      world.set('script:0', 'stuck', true)
      world.emit('run.stuck', { tasks: stuck.map(p => p.task), on: stuck.map(p => waitsFor(this.r, p)!) })
    }
    return false
  }
}
