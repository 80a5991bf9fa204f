/**
 * One process of a program, run from one pause to the next: the end of a call, a phase in which others may run, or a wait.
 * Nothing is kept here between two pauses; everything is in its `prog` record.
 */
import { assert } from '../base/assert.ts'
import { fill } from '../base/fill.ts'
import { hashValue } from '../base/hash.ts'
import { listed } from '../base/listed.ts'
import { BOUNDARY } from '../journal/step.ts'
import type { Mode } from '../journal/run.ts'
import type { Errno, Id, Objects } from '../journal/vocabulary.ts'
import type { Booted } from '../kernel/boot.ts'
import { Fail } from '../kernel/fail.ts'
import { coreOf } from '../kernel/page.ts'
import { killTask } from '../kernel/task.ts'
import { trapName } from '../journal/leave-out.ts'
import { callText, trap } from '../kernel/trap.ts'
import { evaluate } from '../userspace/arguments.ts'
import type { Ask, Value } from '../userspace/call.ts'
import { frame, stepAfter, type Frame, type Next, type UserFunction } from '../userspace/function.ts'
import { functionNamed } from '../userspace/functions.ts'
import type { MesaParts } from '../userspace/mesa/parts.ts'
import type { World } from '../world/world.ts'
import { copyBytes, fillPicture, loadBytes, storeBytes, type Reached } from './cpu-access.ts'
import { happen } from './happen.ts'
import { progOf } from './prog.ts'
import { resultText } from './result-text.ts'
import type { Script, ScriptProcess } from './script.ts'
import { SENTENCES } from './sentences.ts'

export interface Running { readonly world: World; readonly booted: Booted; readonly mesa: MesaParts; readonly script: Script; readonly mode: Mode }
type Prog = Readonly<Objects['prog']>
type Given = number | Pick<Value, 'value' | 'length'> | Value

/** How a call ends: with a value (and the text of the answer), with an errno or signal, with the process, or in silence: nothing happened. Or it pauses. */
type End = { readonly value: Given; readonly text?: string } | { readonly errno: string } | { readonly ended: string } | { readonly quiet: string }
const PAUSED = 'paused'

const full = (given: Given): Value => (typeof given === 'number' ? { value: given, length: 0, obj: null, ok: true } : { obj: null, ...given, ok: true })
/** One empty list, so that no change is told where nothing changed. */
export const NO_FRAMES: readonly Frame[] = []
const FAILED: Value = { value: 0, length: 0, obj: null, ok: false }

const get = (r: Running, p: ScriptProcess): Prog => r.world.get(progOf(p.letter))
function set<F extends keyof Objects['prog'] & string>(r: Running, p: ScriptProcess, field: F, to: Objects['prog'][F]): void {
  r.world.set(progOf(p.letter), field, to)
}
const looks = (r: Running, on: Id): number => hashValue(r.world.find(on as Id<'file'>))

/** Can it run now? A wait is over when the object it waits for has changed. */
export function isReady(r: Running, p: ScriptProcess): boolean {
  const { state, trap: half } = get(r, p)
  return state === 'running' && (half === null || half.on === null || looks(r, half.on) !== half.seen || hungUp(r, half.args.from as Id<'task'> | null | undefined))
}
/** The other end of a connection is gone: a wait for it is over. */
const hungUp = (r: Running, from: Id<'task'> | null | undefined): boolean => (from ? (r.world.find(from)?.state ?? 'exited') === 'exited' : false)
export const waitsFor = (r: Running, p: ScriptProcess): Id | null => (get(r, p).state === 'running' ? get(r, p).trap?.on ?? null : null)

/** Runs up to the next pause. With `interrupt` a wait ends as a signal would end it. */
export function advance(r: Running, p: ScriptProcess, interrupt = false): void {
  const { world } = r
  const prog = get(r, p)
  assert(prog.state === 'running', `process ${p.name} does not run`)
  world.actor = p.task
  const end = prog.args === null ? begin(r, p) : resume(r, p, interrupt)
  world.stack = []
  if (end !== PAUSED) finish(r, p, end)
  world.call = ''
  assert(!world.untold, `a call of ${p.name} left changes that no event tells`)
}

/** Why a line that lets hardware do something is passed over. */
const NOT_WRITTEN = { lazy: 'in a lazy run nothing happens by itself', random: 'chance says what happens by itself', explore: 'the search says what happens by itself' } as const

/** The next line begins. */
function begin(r: Running, p: ScriptProcess): End | typeof PAUSED {
  const { world, script } = r
  const { pc } = get(r, p)
  if (pc === 0) landmarks(r, p, p.firstLandmarks)
  if (pc >= p.calls.length) {
    endProgram(r, p)
    return PAUSED
  }
  const { call, line, text, key, leftOut } = p.calls[pc]!
  if (leftOut) {
    skip(r, p, whyLeftOut(r, p))
    return PAUSED
  }
  const found = evaluate(call, line.args, name => named(r, p, name), script.tasks)
  const why = call.byItself && r.mode !== 'scripted' ? NOT_WRITTEN[r.mode] : 'skip' in found ? found.skip : impossible(r, call.name, found.args)
  if (why !== null) {
    skip(r, p, why, call.byItself ? 'line.quiet' : 'line.skip')
    return PAUSED
  }
  const { args } = found as Extract<typeof found, { args: unknown }>
  world.call = key
  set(r, p, 'args', args)
  world.emit('call.enter', { name: call.name, text, line: line.at.line })
  if (call.fn === undefined) return direct(r, p, call.ask!(args, world.get(p.task)))
  push(r, p, frame(functionOf(r, call.fn), args))
  return steps(r, p, NOTHING)
}

const named = (r: Running, p: ScriptProcess, name: string): Value | undefined => (r.script.shared.has(name) ? r.world.get('script:0').names[name] : get(r, p).names[name])

/** That a call is not made, and what its name stands for, as in C: what it stood for before, or what it was set to before anybody gave it anything. */
function whyLeftOut(r: Running, p: ScriptProcess): string {
  const { line: { as }, call: { gives } } = p.calls[get(r, p).pc]!
  if (as === null) return SENTENCES.leftOut
  if (named(r, p, as)?.ok) return fill(SENTENCES.leftOutKeeps, { name: as })
  return gives === 'mapping' || gives === 'buffer' ? fill(SENTENCES.leftOutNone, { kind: gives, name: as }) : fill(SENTENCES.leftOutStays, { name: as, value: gives === 'fd' ? -1 : 0 })
}

/** What cannot be acted on because of a process that is not there, or is there already, or a buffer that is gone; null: it can. */
function impossible(r: Running, name: string, args: Readonly<Record<string, unknown>>): string | null {
  if (name === 'fork' || name === 'spawn') return r.world.has(args.child as Id) ? 'that process has begun already' : null
  for (const arg of Object.values(args).flat()) {
    const bo = typeof arg === 'string' ? arg : (arg as { bo?: Id | null } | null)?.bo
    if (bo?.startsWith('bo:') && !r.world.has(bo as Id)) return 'that buffer has been destroyed'
  }
  if (name === 'sendmsg' || name === 'send') return (r.world.find(args.to as Id<'task'>)?.state ?? 'exited') === 'exited' ? 'that process does not exist' : null
  return null
}

/** Passes a line over: a step that says why. */
export function skip(r: Running, p: ScriptProcess, why: string, event: 'line.skip' | 'line.quiet' = 'line.skip'): void {
  const { world } = r
  const { pc } = get(r, p)
  const { key, text, landmarks: names } = p.calls[pc]!
  world.actor = p.task
  world.call = key
  set(r, p, 'pc', pc + 1)
  world.emit(event, { task: p.task, text, why })
  landmarks(r, p, names)
  if (pc + 1 >= p.calls.length) endProgram(r, p)
}

function endProgram(r: Running, p: ScriptProcess): void {
  if (get(r, p).state !== 'running') return
  r.world.call = ''
  set(r, p, 'state', 'done')
  r.world.emit('program.end', { task: p.task, name: p.name })
  const k = r.booted.context(p.task)
  k.hw.barrier(coreOf(k), 'its process waits')
}

function landmarks(r: Running, p: ScriptProcess, names: readonly string[]): void {
  r.world.call = ''
  for (const name of names) r.world.emit('landmark', { task: p.task, name })
}

/** A call without a library: one question to the kernel, to memory or to the machine. */
function direct(r: Running, p: ScriptProcess, asked: Ask): End | typeof PAUSED {
  const { world, booted } = r
  const k = booted.context(p.task)
  switch (asked.ask) {
    case 'trap': return answered(r, p, kernel(r, p, asked.name, asked.args))
    case 'load': return accessed(r, p, loadBytes(k, asked.addr, asked.count))
    case 'store': return accessed(r, p, storeBytes(k, asked.addr, asked.bytes))
    case 'copy': return accessed(r, p, copyBytes(k, asked.to, asked.from, asked.count))
    case 'fill': return accessed(r, p, fillPicture(k, asked.addr, asked.picture, asked.size))
    case 'catch':
      set(r, p, 'catches', asked.signals)
      world.emit('signal.catch', { task: p.task, signals: listed(asked.signals) })
      return { value: 0 }
    case 'hardware': {
      const quiet = happen(k, asked)
      return quiet === null ? { value: 0 } : { quiet }
    }
    case 'spawn': {
      const child = r.script.processes.find(c => c.task === asked.task)!
      booted.start(child.letter, child.name)
      born(r, child, {}, [])
      return { value: 0 }
    }
  }
}

/** A process of the program begins to run its block. */
function born(r: Running, child: ScriptProcess, names: Prog['names'], catches: Prog['catches']): void {
  set(r, child, 'state', 'running')
  set(r, child, 'names', names)
  set(r, child, 'catches', catches)
}

/** What a trap or a library function answered. Used up before the next pause, so no part of the state. */
interface Answer { readonly answer: unknown; readonly errno: Errno | null }
const NOTHING: Answer = { answer: null, errno: null }

type Trapped = Answer | typeof PAUSED | { readonly ended: string }

/** Into the kernel, or on with a call that paused. */
function kernel(r: Running, p: ScriptProcess, name: string, given: Readonly<Record<string, unknown>>, phase?: string, locals: Record<string, unknown> = {}): Trapped {
  const { world, booted } = r
  const child = name === 'fork' ? r.script.processes.find(c => c.task === given.child) : undefined
  const args = child ? { ...given, name: child.name } : given
  if (phase === undefined && leavesOut(r, p, name, given)) return { answer: 0, errno: null }
  const outcome = trap(booted.context(p.task), name, args, phase, locals)
  if ('blockedOn' in outcome || 'then' in outcome) {
    const on = 'blockedOn' in outcome ? outcome.blockedOn : null
    const next = 'blockedOn' in outcome ? outcome.phase ?? phase ?? 'run' : outcome.then
    set(r, p, 'trap', { name, args, phase: next, locals: 'then' in outcome ? outcome.locals ?? {} : locals, on, seen: on === null ? 0 : looks(r, on) })
    if (on === null) world.emit('task.pause', { task: p.task, phase: next, call: name })
    else {
      world.set(p.task, 'state', 'blocked')
      world.emit('task.block', { task: p.task, on, call: name })
    }
    return PAUSED
  }
  set(r, p, 'trap', null)
  const { state, ended } = world.get(p.task)
  if (state === 'exited') return { ended: 'killed' in outcome ? 'killed' : ended ?? 'exit' }
  if (child && 'done' in outcome) born(r, child, get(r, p).names, get(r, p).catches)
  return { answer: 'done' in outcome ? outcome.done : null, errno: outcome instanceof Fail ? outcome.errno : null }
}

/** A system call that this run's libraries do not make; told, and nothing else. */
function leavesOut(r: Running, p: ScriptProcess, name: string, args: Readonly<Record<string, unknown>>): boolean {
  const { without } = p.calls[get(r, p).pc]!
  if (without.length === 0) return false
  const text = callText(name, args)
  const inner = trapName(name, text)
  if (!without.includes(inner)) return false
  r.world.emit('trap.skip', { task: p.task, name: inner, text })
  return true
}

function answered(r: Running, p: ScriptProcess, trapped: Trapped): End | typeof PAUSED {
  if (trapped === PAUSED || 'ended' in trapped) return trapped
  const { errno, answer } = trapped
  const { args, pc } = get(r, p)
  if (errno !== null) return { errno }
  const { call } = p.calls[pc]!
  return { value: call.value?.(answer as never, args!) ?? 0, text: call.value ? undefined : resultText(answer) }
}

/** An access that faulted ends the process, unless it said that it survives that signal. */
function accessed(r: Running, p: ScriptProcess, reached: Reached): End {
  if ('text' in reached) return { value: reached.done, text: reached.text }
  const { signal, code } = reached
  if (get(r, p).catches.includes(signal)) return { errno: signal }
  r.world.emit('signal.kill', { task: p.task, signal, code })
  killTask(r.booted.context(p.task), signal)
  return { ended: signal }
}

/** Goes on with a call that paused or waited. */
function resume(r: Running, p: ScriptProcess, interrupt: boolean): End | typeof PAUSED {
  const { world } = r
  const { trap: half, frames, pc } = get(r, p)
  world.call = p.calls[pc]!.key
  world.stack = frames.map(f => f.fn)
  const { name, args, phase, locals, on } = half!
  let trapped: Trapped = { answer: null, errno: 'EINTR' }
  if (on !== null) {
    world.set(p.task, 'state', 'ready')
    set(r, p, 'trap', null)
    world.emit(interrupt ? 'task.interrupt' : 'task.wake', interrupt ? { task: p.task, call: name } : { task: p.task, on })
  }
  if (interrupt) {
    world.stack = [...world.stack, BOUNDARY]
    world.emit('trap.leave', { name, result: '-1 EINTR', errno: 'EINTR' })
    world.leave()
  } else trapped = kernel(r, p, name, args, phase, { ...locals })
  if (frames.length === 0) return answered(r, p, trapped)
  return trapped === PAUSED || 'ended' in trapped ? trapped : steps(r, p, trapped)
}

/** A variant may have a function of its own for a name. */
const functionOf = ({ mesa }: Running, name: string): UserFunction => mesa.functions?.[name] ?? functionNamed(name)

function push(r: Running, p: ScriptProcess, next: Frame): void {
  set(r, p, 'frames', [...get(r, p).frames, next])
  r.world.enter(next.fn)
}

/** Steps of library functions, until the outermost one gives a value, the process ends, or a trap waits. */
function steps(r: Running, p: ScriptProcess, given: Answer): End | typeof PAUSED {
  const { world, mesa } = r
  let { answer, errno } = given
  for (;;) {
    const { frames } = get(r, p)
    const top = frames.at(-1)!
    const fn = functionOf(r, top.fn)
    const next: Next = fn.steps[top.at]!({ world, task: p.task, mesa, answer: answer as never, errno }, top.vars as never)
    answer = null
    errno = null
    if ('give' in next || 'fail' in next) {
      set(r, p, 'frames', frames.length === 1 ? NO_FRAMES : frames.slice(0, -1))
      world.leave()
      if (frames.length === 1) return 'fail' in next ? { errno: next.fail } : { value: next.give as Given }
      if ('fail' in next) errno = next.fail
      else answer = next.give
      continue
    }
    if ('abort' in next) {
      world.emit('mesa.abort', { fn: top.fn, why: next.abort })
      kernel(r, p, 'exit', { how: 'SIGABRT' })
      return { ended: 'SIGABRT' }
    }
    const at = ('go' in next ? next.go : next.then) ?? stepAfter(fn, top.at) ?? ''
    set(r, p, 'frames', [...frames.slice(0, -1), { fn: top.fn, at, vars: next.keep ? { ...top.vars, ...next.keep } : top.vars }])
    if ('call' in next) push(r, p, frame(functionOf(r, next.call), next.vars))
    else if ('trap' in next) {
      const trapped = kernel(r, p, next.trap, next.args)
      if (trapped === PAUSED || 'ended' in trapped) return trapped
      ;({ answer, errno } = trapped)
    }
  }
}

/** The process is gone: what a library kept lay in its memory. */
function forget(r: Running, p: ScriptProcess): void {
  set(r, p, 'state', 'done')
  for (const bo of r.world.ids('bo')) if (r.world.get(bo).task === p.task) r.world.remove(bo)
}

/** Ends a process from outside, wherever it stands. */
export function endProcess(r: Running, p: ScriptProcess, how: string): void {
  r.world.actor = p.task
  r.world.call = ''
  forget(r, p)
  killTask(r.booted.context(p.task), how)
}

/** The line is done: its name gets its value. */
function finish(r: Running, p: ScriptProcess, end: End): void {
  const { world, script } = r
  const { pc, names } = get(r, p)
  const { call, line, landmarks: after } = p.calls[pc]!
  const as = line.as
  if (as !== null && !('ended' in end) && !('quiet' in end)) {
    const value = 'value' in end ? full(end.value) : FAILED
    if (script.shared.has(as)) world.set('script:0', 'names', { ...world.get('script:0').names, [as]: value })
    else set(r, p, 'names', { ...names, [as]: value })
  }
  set(r, p, 'pc', pc + 1)
  set(r, p, 'args', null)
  set(r, p, 'frames', NO_FRAMES)
  set(r, p, 'trap', null)
  if ('ended' in end) forget(r, p)
  if ('quiet' in end) world.emit('line.quiet', { task: p.task, text: p.calls[pc]!.text, why: end.quiet })
  else {
    const errno = 'errno' in end ? end.errno : 'ended' in end && end.ended !== 'exit' ? end.ended : null
    const result = 'value' in end ? end.text ?? resultText(full(end.value).value, call.gives) : 'ended' in end ? end.ended : `-1 ${end.errno}`
    world.emit('call.leave', { name: call.name, result, errno })
  }
  if ('ended' in end) return
  landmarks(r, p, after)
  if (pc + 1 >= p.calls.length) endProgram(r, p)
}

