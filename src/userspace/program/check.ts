/** What a program means: are its calls known, do their arguments fit, are its names given somewhere? */
import { isRest } from '../arguments.ts'
import { calls, usage } from '../calls.ts'
import type { Param } from '../call.ts'
import { pictures } from '../pictures.ts'
import { processesOf, scheduleOf, sharedOf, type CallLine, type Expr, type ProcessBlock, type Program } from './ast.ts'
import { didYouMean, Mistake, say } from './mistake.ts'
import { parse } from './parse.ts'
import type { SENTENCES } from './sentences.ts'

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
  const tell: Tell = (message, remedy, at) => void mistakes.push(new Mistake(message, remedy, at))

  if (blocks.length === 0 && whole) tell(say('noProcess'), say('writeMain'), { line: 1, column: 1 })
  blocks.forEach((block, i) => {
    const twin = blocks.slice(0, i).find(b => [b.letter, b.name].some(name => name === block.letter || name === block.name))
    if (twin) tell(say('twins', block), say('nameOther'), block.at)
  })
  for (const turn of scheduleOf(program) ?? []) if (!names.has(turn.process)) tell(say('scheduled', turn), didYouMean(turn.process, names), turn.at)

  const shared = sharedOf(program)
  const forkedBy = parents(blocks)
  for (const block of blocks) {
    const known = new Set(shared)
    for (const from of [block, ...(forkedBy.get(block.name) ?? [])]) for (const line of from.lines) if (line.kind === 'call' && line.as !== null) known.add(line.as)
    for (const line of block.lines) if (line.kind === 'call') checkCall(line, known, names, tell)
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

type Tell = (message: string, remedy: string, at: Mistake['at']) => void

function checkCall({ call, args, at }: CallLine, known: ReadonlySet<string>, processes: ReadonlySet<string>, tell: Tell): void {
  const spec = calls[call]
  if (!spec) return tell(say('noCall', { call }), didYouMean(call, Object.keys(calls)), at)
  const least = spec.params.filter(p => p.absent === undefined).length
  const most = spec.params.some(p => p.rest) ? Infinity : spec.params.length
  if (args.length < least || args.length > most) {
    const given = args.length
    const wrong = least === most ? say('takes', { call, count: least, given }) : most === Infinity ? say('takesAtLeast', { call, count: least, given }) : say('takesUpTo', { call, least, most, given })
    tell(wrong, say('usage', { usage: usage(spec) }), at)
  }
  args.forEach((arg, i) => {
    const param = spec.params[Math.min(i, spec.params.length - 1)]
    if (param) checkArgument(param, arg, known, processes, tell)
  })
}

/** What an argument should be. */
type Is = Extract<keyof typeof SENTENCES, `is${string}`>

function checkArgument(param: Param, arg: Expr, known: ReadonlySet<string>, processes: ReadonlySet<string>, tell: Tell): void {
  const wrong = (what: Is): void => tell(say(what, param), say(param.kind), arg.at)
  switch (param.kind) {
    case 'words':
      if (arg.kind === 'number') return
      if (arg.kind !== 'words') return wrong('isFlags')
      for (const word of arg.words) if (!/^\d/.test(word) && param.words && !param.words.includes(word)) tell(say('noFlag', { name: param.name, flag: word }), didYouMean(word, param.words), arg.at)
      return
    case 'text': return arg.kind === 'text' ? undefined : wrong('isText')
    case 'device': return arg.kind === 'text' ? undefined : wrong('isDevice')
    case 'bytes': return arg.kind === 'text' && /^([0-9a-fA-F]{2})*$/.test(arg.value) ? undefined : wrong('isBytes')
    case 'picture': return arg.kind === 'name' && Object.hasOwn(pictures, arg.name) ? undefined : tell(arg.kind === 'name' ? say('noPicture', arg) : say('noPictureHere'), say('chooseOne', { names: Object.keys(pictures).join(', ') }), arg.at)
    case 'process': {
      const name = arg.kind === 'name' ? arg.name : arg.kind === 'words' ? arg.words[0]! : ''
      return processes.has(name) ? undefined : tell(say('noSuchProcess', { name }), didYouMean(name, processes), arg.at)
    }
    case 'job':
      if (arg.kind !== 'call' || !isPart(arg.call)) return wrong('isPart')
      if (arg.args.length < PART_ARGS[arg.call][0] || arg.args.length > PART_ARGS[arg.call][1]) return tell(say('ofWhat', { part: arg.call }), say(arg.call), arg.at)
      if (arg.call === 'write') checkArgument({ name: 'picture', kind: 'picture' }, arg.args.at(-1)!, known, processes, tell)
      for (const part of arg.args) if (part.kind !== 'name' && part.kind !== 'number') wrong('isNames')
      for (const [i, part] of arg.args.entries()) if (part.kind === 'name' && !known.has(part.name) && !(arg.call === 'write' && i === arg.args.length - 1)) unknown(part.name, known, part.at, tell)
      return
    default:
      if (arg.kind === 'name') return known.has(arg.name) ? undefined : unknown(arg.name, known, arg.at, tell)
      if (isRest(param, arg)) return
      if (arg.kind !== 'number' || param.kind === 'bo') wrong(param.kind === 'bo' || param.kind === 'mapping' ? 'isName' : 'isNameOrNumber')
  }
}

function unknown(name: string, known: ReadonlySet<string>, at: Mistake['at'], tell: Tell): void {
  tell(say('noName', { name }), known.size ? didYouMean(name, known) : say('giveName', { name }), at)
}

/** How many arguments a part of a job may have. */
const PART_ARGS = { read: [1, 2], write: [2, 3], uses: [1, 1] } as const
const isPart = (call: string): call is keyof typeof PART_ARGS => Object.hasOwn(PART_ARGS, call)
