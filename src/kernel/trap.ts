/**
 * The door between user space and the kernel: a call goes through it as data and comes back as an outcome.
 * On the way in it completes the core's stores: what its write-combine buffer holds goes to memory.
 * Mirrors: the system call table (arch/…/entry) and ksys entry points.
 * Leaves out: registers, signals on the way back, seccomp, tracing.
 */
import { broken } from '../base/assert.ts'
import { BOUNDARY } from '../journal/step.ts'
import type { Errno } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { Fail, isFail, type Outcome } from './fail.ts'
import { coreOf } from './page.ts'
import { stocking } from './stock.ts'
import { killTask } from './task.ts'
import type { Says, Syscall } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'kernel.bug': { fn: string } }
}
export const says: Says = { 'kernel.bug': 'The kernel stops in {fn}: **the process that called ends here**.' }

const shelf: Record<string, Syscall> = {}
export const syscalls: Readonly<Record<string, Syscall>> = shelf
export const stockSyscalls = stocking(shelf)
stockSyscalls(import.meta.env.SSR
  ? import.meta.glob<{ default: Syscall }>(['./syscalls/*.ts', '!./syscalls/*.test.ts', '!./syscalls/_*.ts'], { eager: true })
  : import.meta.glob<{ default: Syscall }>('./syscalls/{close,dup,exit,ioctl,lseek,mmap,munmap,open,poll,read,recv,recvmsg,send,sendmsg}.ts', { eager: true }))

/**
 * Makes a call, or goes on with one at `phase`. Answers what the phase answers; the caller keeps the phase and its locals as data
 * while the task is blocked or others run.
 */
export function trap(k: Kernel, name: string, args: Record<string, unknown>, phase?: string, locals: Record<string, unknown> = {}): Outcome {
  const call = syscalls[name]
  if (!call) return broken(`there is no system call ${name}`)
  const { world } = k
  world.enter(BOUNDARY)
  if (phase === undefined) {
    if (world.tells) world.emit('trap.enter', { name, text: callText(name, args) })
    k.hw.barrier(coreOf(k), 'a system call completes its stores')
  }
  let outcome: Outcome
  if (call.run) outcome = call.run(k, args)
  else {
    const at = phase ?? Object.keys(call.phases!)[0]!
    outcome = call.phases![at]!(k, args, locals)
  }
  const { bug } = world.get('kernel:0')
  if (bug) {
    world.set('kernel:0', 'bug', null)
    world.emit('kernel.bug', { fn: bug })
    outcome = { killed: bug }
  }
  if ('killed' in outcome) killTask(k, outcome.killed)
  if (world.tells && !('blockedOn' in outcome) && !('then' in outcome)) {
    const errno: Errno | null = outcome instanceof Fail ? outcome.errno : null
    world.emit('trap.leave', { name, result: resultText(outcome), errno })
  }
  world.leave()
  return outcome
}

/** The value, or undefined when the call failed, waits or goes on. */
export const valueOf = (outcome: Outcome): unknown => (!isFail(outcome) && 'done' in outcome ? outcome.done : undefined)

function argText(value: unknown): string {
  if (typeof value === 'number') return value > 0xffff ? `0x${value.toString(16)}` : String(value)
  if (value === null) return 'NULL'
  if (Array.isArray(value)) return value.length ? value.map(argText).join(typeof value[0] === 'string' ? ' | ' : ', ') : '0'
  if (value && typeof value === 'object') return `{ ${Object.entries(value).map(([key, v]) => `${key}: ${argText(v)}`).join(', ')} }`
  return String(value).replace(/^task:/, '')
}
export const callText = (name: string, args: Record<string, unknown>): string => `${name}(${Object.values(args).map(argText).join(', ')})`

function resultText(outcome: Outcome): string {
  if (outcome instanceof Fail) return `-1 ${outcome.errno}`
  if ('killed' in outcome) return 'killed'
  return 'done' in outcome ? argText(outcome.done) : ''
}
