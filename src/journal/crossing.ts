/**
 * A crossing: once from user space into the kernel and back. It is a system call, or an access to memory of which the kernel may have to bring
 * the page. A call of a program may cross several times.
 */
import type { Journal } from './run.ts'
import { get, type Snapshot } from './snapshot.ts'
import { BOUNDARY, is, type Step } from './step.ts'
import type { Id } from './vocabulary.ts'

/** What a call was given, as its text shows it: words of flags, a structure by its fields, anything else as it stands. */
export type Arg = string | { readonly [field: string]: string }

export interface Crossing {
  /** `mmap`, or the request of an ioctl: `DMA_BUF_IOCTL_SYNC`; `load` and `store` for accesses. */
  readonly name: string
  readonly args: readonly Arg[]
  readonly task: string
  /** Seq of its first step. What was there before is the state after the step before. */
  readonly first: number
  readonly steps: readonly Step[]
  /** `ok`, an errno, a signal, `killed`; null: it has not come back. */
  readonly answer: string | null
}

/** Cuts at commas outside of brackets. */
function parts(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i <= text.length; i++) {
    const c = text[i]
    if (c === '{') depth++
    else if (c === '}') depth--
    else if (c === undefined || (c === ',' && depth === 0)) {
      found.push(text.slice(from, i).trim())
      from = i + 1
    }
  }
  return found.filter(part => part !== '')
}

/** A structure has no structure in it that matters here, so it is cut once. */
function argOf(text: string): Arg {
  if (!text.startsWith('{ ')) return text
  return Object.fromEntries(parts(text.slice(1, -1)).map(field => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 1).trim()]))
}

/** `mmap(NULL, 4096, PROT_READ, MAP_SHARED, 3, 0)` in its parts. */
export function argsOf(text: string): readonly Arg[] {
  return parts(text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))).map(argOf)
}

const TOUCHED: readonly string[] = ['load.bytes', 'store.bytes', 'fault.enter']

/** The access that some steps tell; null: they tell none. */
function accessIn(steps: readonly Step[]): Crossing | null {
  const touch = steps.find(step => TOUCHED.includes(step.event))
  if (!touch) return null
  const { addr, access } = touch.fields as { addr: number; access?: string }
  const refused = steps.findLast(step => step.event.startsWith('fault.refused') || step.event === 'fault.bug')?.event
  const answer = refused === undefined ? 'ok' : refused === 'fault.bug' ? 'killed' : refused === 'fault.refused.page' ? 'SIGBUS' : 'SIGSEGV'
  const name = access === undefined ? touch.event.slice(0, touch.event.indexOf('.')) : access === 'read' ? 'load' : 'store'
  return { name, args: [String(addr)], task: touch.actor, first: steps[0]!.seq, steps, answer }
}

/** The crossings in the steps of one call, in order. Steps of others in between are left out. */
export function crossingsOf(steps: readonly Step[]): Crossing[] {
  const found: Crossing[] = []
  let from = -1
  const close = (end: number, answer: string | null): void => {
    const enter = steps[from]!
    const { text, name } = enter.fields as { text: string; name: string }
    const args = argsOf(text)
    found.push({ name: name === 'ioctl' ? String(args[1]) : name, args, task: enter.actor, first: enter.seq, steps: steps.slice(from, end), answer })
    from = -1
  }
  steps.forEach((step, i) => {
    if (is(step, 'trap.enter')) from = i
    else if (is(step, 'trap.leave') && from >= 0) close(i + 1, step.fields.result === 'killed' ? 'killed' : step.fields.errno ?? 'ok')
  })
  if (from >= 0) close(steps.length, null)
  if (found.length > 0) return found
  const access = accessIn(steps.filter(step => step.event !== 'call.enter'))
  return access ? [access] : []
}

/** The crossing that a step belongs to; outside of one, those of its call. Nothing for what no process does. */
export function crossingsAt(journal: Journal, seq: number): readonly Crossing[] {
  const { call, actor } = journal.steps[seq]!
  if (call === '' || !actor.startsWith('task:')) return []
  const all = crossingsOf(stepsOfCall(journal, call))
  const last = (crossing: Crossing): number => crossing.steps.at(-1)!.seq
  return all.find(crossing => seq >= crossing.first && seq <= last(crossing)) ? all.filter(crossing => seq >= crossing.first && seq <= last(crossing)) : all
}

const kept = new WeakMap<Journal, { upto: number; readonly calls: Map<string, Step[]> }>()

/** The steps of a call by the process that makes it; read on from where it was left, as the journal may still be growing. */
function stepsOfCall(journal: Journal, call: string): readonly Step[] {
  let known = kept.get(journal)
  if (!known) kept.set(journal, (known = { upto: 0, calls: new Map() }))
  for (; known.upto < journal.steps.length; known.upto++) {
    const step = journal.steps[known.upto]!
    if (step.call === '' || !step.actor.startsWith('task:')) continue
    const list = known.calls.get(step.call)
    if (list) list.push(step)
    else known.calls.set(step.call, [step])
  }
  return known.calls.get(call) ?? []
}

/** The kernel's functions that ran, each once, in the order in which they were first entered; for a page that was brought, whose fault handler did. */
export function wayOf({ steps }: Crossing, before: Snapshot): readonly string[] {
  const found = new Set<string>()
  for (const step of steps) {
    if (is(step, 'fn.enter') && step.stack.includes(BOUNDARY)) found.add(step.fields.fn)
    const ops = step.event === ('fault.insert' as string) && get(before, (step.fields as unknown as { vma: Id<'vma'> }).vma)?.ops
    if (ops) found.add(`${ops}.fault`)
  }
  return [...found]
}

/** The last check that said no, by the event that tells it; null: none did. */
export const checkOf = ({ steps }: Crossing): string | null => steps.findLast(({ event }) => /refused|unknown|\bhole/.test(event))?.event ?? null
