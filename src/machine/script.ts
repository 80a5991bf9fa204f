/** What the machine needs of a program while it runs: constant, so no part of the world. */
import type { Listing } from '../journal/run.ts'
import type { Id } from '../journal/vocabulary.ts'
import { calls } from '../userspace/calls.ts'
import type { Call } from '../userspace/call.ts'
import { callsOf, processesOf, scheduleOf, sharedOf, type CallLine, type ProcessBlock, type Program, type Turn } from '../userspace/program/ast.ts'
import { mayLeaveOut, partsOf } from '../journal/leave-out.ts'
import { pairUp } from '../journal/pair.ts'
import { printCall } from '../userspace/program/print.ts'
import { taskOf } from './prog.ts'

export interface ScriptCall { readonly line: CallLine; readonly call: Call; readonly text: string; readonly key: string; /** Landmarks right behind it. */ readonly landmarks: readonly string[]; /** This run goes on without it. */ readonly leftOut: boolean; /** System calls of its library that this run goes on without. */ readonly without: readonly string[] }
export interface ScriptProcess { readonly name: string; readonly letter: string; readonly task: Id<'task'>; readonly calls: readonly ScriptCall[]; readonly firstLandmarks: readonly string[]; readonly born: boolean }
export interface Script {
  readonly processes: readonly ScriptProcess[]
  readonly byLetter: ReadonlyMap<string, ScriptProcess>
  /** Process names and letters → task. */
  readonly tasks: Readonly<Record<string, Id<'task'>>>
  readonly shared: ReadonlySet<string>
  readonly schedule: readonly Turn[] | null
}

const BY_LINE = [{ a: printCall, b: printCall }, { a: (line: CallLine) => line.call, b: (line: CallLine) => line.call }]
/**
 * The key of every call of a block. A program made from another one keeps its keys: a line that both have, or that stands in
 * the place of another, has the number it has there, so that what it makes has the same id; a line of its own follows the line before it, `A.7+1`.
 */
function keysOf(block: ProcessBlock, like: Program | undefined): string[] {
  const ours = callsOf(block)
  const theirs = like && processesOf(like).find(({ letter }) => letter === block.letter)
  if (!theirs) return ours.map((_, i) => `${block.letter}.${i + 1}`)
  let last = 0
  let own = 0
  return pairUp(ours, callsOf(theirs), BY_LINE, true).flatMap(([i, j]) => {
    if (j !== null) [last, own] = [j + 1, 0]
    return i === null ? [] : [`${block.letter}.${last}${j === null ? `+${++own}` : ''}`]
  })
}

const ALL: readonly string[] = []
/** `like`: the program that this one was made from; `leftOut`: keys of calls that are not made. */
export function scriptOf(program: Program, like?: Program, leftOut: readonly string[] = ALL): Script {
  const blocks = processesOf(program)
  const tasks: Record<string, Id<'task'>> = {}
  for (const { name, letter } of blocks) tasks[letter] = tasks[name] = taskOf(letter)
  const later = new Set<string>()
  for (const block of blocks) for (const line of block.lines) {
    const child = line.kind === 'call' && (line.call === 'fork' || line.call === 'spawn') ? line.args[0] : undefined
    if (child?.kind === 'name') later.add(tasks[child.name]!)
    if (child?.kind === 'words') later.add(tasks[child.words[0]!]!)
  }
  const processes = blocks.map((block): ScriptProcess => {
    const { name, letter, later: waits, lines } = block
    const keys = keysOf(block, like)
    const found: (ScriptCall & { landmarks: string[] })[] = []
    const firstLandmarks: string[] = []
    for (const line of lines) {
      if (line.kind === 'call') {
        const key = keys[found.length]!
        found.push({ line, call: calls[line.call]!, text: printCall(line), key, landmarks: [], leftOut: leftOut.includes(key), without: leftOut.map(partsOf).flatMap(each => (each.line === key && each.inner && mayLeaveOut(each.inner) ? [each.inner] : [])) })
      }
      else if (line.kind === 'landmark') (found.at(-1)?.landmarks ?? firstLandmarks).push(line.name)
    }
    return { name, letter, task: taskOf(letter), calls: found, firstLandmarks, born: !waits && !later.has(taskOf(letter)) }
  })
  return {
    processes, byLetter: new Map(processes.map(p => [p.letter, p])), tasks, shared: new Set(sharedOf(program)), schedule: scheduleOf(program),
  }
}

export const listingOf = ({ processes }: Script): Listing[] => processes.map(p => ({
  process: p.name, letter: p.letter, task: p.task, lines: p.calls.map(({ key, line, text }) => ({ key, line: line.at.line, text })),
}))
