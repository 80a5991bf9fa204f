/** What a program means: are its calls known, do their arguments fit, are its names given somewhere? */
import { isRest } from '../arguments.ts'
import { calls, JOB_PARTS, usage } from '../calls.ts'
import type { Param } from '../call.ts'
import { pictures } from '../pictures.ts'
import { processesOf, scheduleOf, sharedOf, type CallLine, type Expr, type ProcessBlock, type Program } from './ast.ts'
import { didYouMean, Mistake } from './mistake.ts'
import { parse } from './parse.ts'

/** Reads a program and says everything that is wrong with it. */
export function readProgram(text: string): { readonly program: Program; readonly mistakes: readonly Mistake[] } {
  const { program, mistakes } = parse(text)
  const said = new Set(mistakes.map(({ at }) => at.line))
  const meant = check(program, mistakes.length === 0).filter(({ at }) => !said.has(at.line))
  return { program, mistakes: [...mistakes, ...meant].sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column) }
}

export function check(program: Program, whole = true): Mistake[] {
  const mistakes: Mistake[] = []
  const blocks = processesOf(program)
  const names = new Set(blocks.flatMap(block => [block.name, block.letter]))
  const say = (message: string, remedy: string, at: Mistake['at']): void => void mistakes.push(new Mistake(message, remedy, at))

  if (blocks.length === 0 && whole) say('The program has no process.', 'Write: process main { … }', { line: 1, column: 1 })
  blocks.forEach((block, i) => {
    const twin = blocks.slice(0, i).find(b => [b.letter, b.name].some(name => name === block.letter || name === block.name))
    if (twin) say(`Two processes are called ${block.name} ${block.letter}.`, 'Give one another name or letter.', block.at)
  })
  for (const turn of scheduleOf(program) ?? []) if (!names.has(turn.process)) say(`The schedule names ${turn.process}, which is no process.`, didYouMean(turn.process, names), turn.at)

  const shared = sharedOf(program)
  const forkedBy = parents(blocks)
  for (const block of blocks) {
    const known = new Set(shared)
    for (const from of [block, ...(forkedBy.get(block.name) ?? [])]) for (const line of from.lines) if (line.kind === 'call' && line.as !== null) known.add(line.as)
    for (const line of block.lines) if (line.kind === 'call') checkCall(line, known, names, say)
  }
  return mistakes
}

/** Whose names a process may use besides its own: those that it was copied from. */
function parents(blocks: readonly ProcessBlock[]): Map<string, ProcessBlock[]> {
  const direct = new Map<string, ProcessBlock>()
  for (const block of blocks) for (const line of block.lines) {
    const child = line.kind === 'call' && line.call === 'fork' ? line.args[0] : undefined
    const name = child?.kind === 'name' ? child.name : child?.kind === 'words' ? child.words[0] : undefined
    const target = blocks.find(b => b.name === name || b.letter === name)
    if (target) direct.set(target.name, block)
  }
  return new Map(blocks.map(block => {
    const found: ProcessBlock[] = []
    for (let at = direct.get(block.name); at && !found.includes(at); at = direct.get(at.name)) found.push(at)
    return [block.name, found]
  }))
}

type Say = (message: string, remedy: string, at: Mistake['at']) => void

function checkCall({ call, args, at }: CallLine, known: ReadonlySet<string>, processes: ReadonlySet<string>, say: Say): void {
  const spec = calls[call]
  if (!spec) return say(`There is no call ${call}.`, didYouMean(call, Object.keys(calls)), at)
  const least = spec.params.filter(p => p.absent === undefined).length
  const most = spec.params.some(p => p.rest) ? Infinity : spec.params.length
  if (args.length < least || args.length > most) {
    const wanted = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`
    say(`${call} takes ${wanted} ${wanted === '1' ? 'argument' : 'arguments'}, and here are ${args.length}.`, `Write: ${usage(spec)}.`, at)
  }
  args.forEach((arg, i) => {
    const param = spec.params[Math.min(i, spec.params.length - 1)]
    if (param) checkArgument(param, arg, known, processes, say)
  })
}

function checkArgument(param: Param, arg: Expr, known: ReadonlySet<string>, processes: ReadonlySet<string>, say: Say): void {
  const wrong = (what: string): void => say(`${param.name} is ${what}.`, WANTED[param.kind], arg.at)
  switch (param.kind) {
    case 'words':
      if (arg.kind === 'number') return
      if (arg.kind !== 'words') return wrong('made of flags')
      for (const word of arg.words) if (!/^\d/.test(word) && param.words && !param.words.includes(word)) say(`${param.name} knows no ${word}.`, didYouMean(word, param.words), arg.at)
      return
    case 'text': return arg.kind === 'text' ? undefined : wrong('a text')
    case 'device': return arg.kind === 'text' ? undefined : wrong('the path of a device')
    case 'bytes': return arg.kind === 'text' && /^([0-9a-fA-F]{2})*$/.test(arg.value) ? undefined : wrong('a row of bytes in hexadecimal')
    case 'picture': return arg.kind === 'name' && Object.hasOwn(pictures, arg.name) ? undefined : say(`There is no picture ${arg.kind === 'name' ? arg.name : 'here'}.`, `Choose one of ${Object.keys(pictures).join(', ')}.`, arg.at)
    case 'process': {
      const name = arg.kind === 'name' ? arg.name : arg.kind === 'words' ? arg.words[0]! : ''
      return processes.has(name) ? undefined : say(`There is no process ${name}.`, didYouMean(name, processes), arg.at)
    }
    case 'job':
      if (arg.kind !== 'call' || !Object.hasOwn(JOB_PARTS, arg.call)) return wrong('a part of a job')
      if (arg.args.length < PART_ARGS[arg.call]![0] || arg.args.length > PART_ARGS[arg.call]![1]) return say(`${arg.call} of what?`, `Write: ${JOB_PARTS[arg.call]}.`, arg.at)
      if (arg.call === 'write') checkArgument({ name: 'picture', kind: 'picture' }, arg.args.at(-1)!, known, processes, say)
      for (const part of arg.args) if (part.kind !== 'name' && part.kind !== 'number') wrong('made of names and numbers')
      for (const [i, part] of arg.args.entries()) if (part.kind === 'name' && !known.has(part.name) && !(arg.call === 'write' && i === arg.args.length - 1)) unknown(part.name, known, part.at, say)
      return
    default:
      if (arg.kind === 'name') return known.has(arg.name) ? undefined : unknown(arg.name, known, arg.at, say)
      if (isRest(param, arg)) return
      if (arg.kind !== 'number' || param.kind === 'bo') wrong(param.kind === 'bo' || param.kind === 'mapping' ? 'a name' : 'a name or a number')
  }
}

function unknown(name: string, known: ReadonlySet<string>, at: Mistake['at'], say: Say): void {
  say(`No line of this process gives the name ${name}.`, known.size ? didYouMean(name, known) : `Write a line ${name} = … first.`, at)
}

/** How many arguments a part of a job may have. */
const PART_ARGS: Readonly<Record<string, readonly [number, number]>> = { read: [1, 2], write: [2, 3], uses: [1, 1] }

const WANTED: Readonly<Record<Param['kind'], string>> = {
  fd: 'Write the name that open() or another call gave, or a number.', handle: 'Write the name of a handle, or a number.', number: 'Write a name or a number.',
  words: 'Write: O_RDWR | O_CLOEXEC, or 0.', text: 'Put it in quotation marks.', bytes: 'Write: "00ff80".', process: 'Write the name of a process.', device: 'Write: "/dev/dri/card0".',
  mapping: 'Write the name that mmap() gave, perhaps with + 4096.', bo: 'Write the name that gbm_bo_import() gave.', picture: 'Write the name of a picture.', job: 'Write: read(bo) or write(bo, picture).',
}
