/**
 * A running program as data: which line a process stands in, what its names stand for, the library functions that run, and a
 * system call that waits. With this in the world a run can be left, undone, compared and gone on with anywhere.
 */
import type { Id } from '../journal/vocabulary.ts'
import type { Args, Value } from '../userspace/call.ts'
import type { Frame } from '../userspace/function.ts'

/** A system call that is half done: `on` is the object it sleeps on, `seen` what that object looked like; null: it only paused. */
export interface HalfDone {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
  readonly phase: string
  readonly locals: Readonly<Record<string, unknown>>
  readonly on: Id | null
  readonly seen: number
}

declare module '../journal/vocabulary.ts' {
  interface Objects {
    prog: {
      task: Id<'task'>
      /** `unborn` until another process forks or spawns it. */
      state: 'unborn' | 'running' | 'done'
      /** Index of the call that runs next or now. */
      pc: number
      /** Arguments of the call that runs now; null: between two calls. */
      args: Args | null
      names: Readonly<Record<string, Value>>
      frames: readonly Frame[]
      trap: HalfDone | null
      /** Signals that do not end it. */
      catches: readonly string[]
    }
    /** Names that all processes share, and where an explicit schedule stands. */
    script: { names: Readonly<Record<string, Value>>; current: string; turn: number; left: number; stuck: boolean }
  }
  interface Events {
    landmark: { task: Id<'task'>; name: string }
    'line.skip': { task: Id<'task'>; text: string; why: string }
    /** A system call that a library would have made here. */
    'trap.skip': { task: Id<'task'>; name: string; text: string }
    /** Nothing happened at a line that is about the hardware alone. */
    'line.quiet': { task: Id<'task'>; text: string; why: string }
  'program.start': { processes: number }
    'program.end': { task: Id<'task'>; name: string }
    'task.block': { task: Id<'task'>; on: Id; call: string }
    'task.pause': { task: Id<'task'>; phase: string; call: string }
    'task.wake': { task: Id<'task'>; on: Id }
    'task.interrupt': { task: Id<'task'>; call: string }
    'signal.kill': { task: Id<'task'>; signal: string; code: string }
    'signal.catch': { task: Id<'task'>; signals: string }
    'schedule.next': { turn: number }
    'run.stuck': { tasks: readonly Id<'task'>[]; on: readonly Id[] }
  }
}

export const says = {
  landmark: 'The program has come to its landmark **{name}**.',
  'line.skip': '`{text}` is **skipped**: {why}.',
  'trap.skip': '`{text}` is **not made**: this run leaves it out, and its library goes on.',
  'line.quiet': '`{text}` **changes nothing here**: {why}.',
  'program.start': 'The program begins: **{processes} processes**, nothing open, nothing mapped.',
  'program.end': 'The program of **{name}** has no more lines.',
  'task.block': '{task} **sleeps** in `{call}` until {on} changes.',
  'task.block:mailbox': '{task} **sleeps** in `{call}`: no file has been sent to it yet.',
  'task.block:letterbox': '{task} **sleeps** in `{call}`: it goes on when the other process says so.',
  'task.block:drm_events': '{task} **sleeps** in `{call}` until the display says that the flip has happened.',
  'task.block:fence': '{task} **sleeps** in `{call}` until {on} signals.',
  'task.pause': '{call} has come to its part "{phase}"; **others may run** before it goes on.',
  'task.wake': '{on} has changed: {task} **wakes up**.',
  'task.wake:mailbox': 'A file has come: {task} **wakes up**.',
  'task.wake:letterbox': 'A message has come: {task} **wakes up**.',
  'task.wake:drm_events': 'The display tells of its flip: {task} **wakes up**.',
  'task.wake:fence': '{on} has signalled: {task} **wakes up**.',
  'task.interrupt': 'Nothing else can run, so the wait of {task} in {call} is **interrupted**: EINTR.',
  'signal.kill': '**{signal}** ({code}) ends {task}.',
  'signal.catch': '{task} will survive {signals}: the access fails, the process goes on.',
  'schedule.next': 'The schedule goes on.',
  'run.stuck': '**Nobody can go on**. Asleep: {tasks}. Waited for: {on}.',
} as const

export const progOf = (letter: string): Id<'prog'> => `prog:${letter}`
export const taskOf = (letter: string): Id<'task'> => `task:${letter}`
