/**
 * The small language of operations: `C.st(wb,X0,1); G.job[G.ld(X0)->g0]`. A line of memory is a capital letter, its 8-byte
 * slots are numbered behind it. A job is written out into its flushes and its body.
 */
import { misread, type Piece } from './failure.ts'

/** What a form takes, in order. `attr`: wb, wc · slot: X0 · line: X · value: a number · device, direction, skip: of the DMA API. */
const FORMS: Readonly<Record<string, { readonly takes: readonly string[]; readonly gives?: true }>> = {
  'C.ld': { takes: ['attr', 'slot'], gives: true }, 'C.st': { takes: ['attr', 'slot', 'value'] }, 'C.bar': { takes: [] }, 'C.sys': { takes: [] }, 'C.writel': { takes: [] }, 'C.mmio': { takes: [] },
  'K.clean': { takes: ['line'] }, 'K.inv': { takes: ['line'] }, 'K.civac': { takes: ['line'] }, 'K.clflush': { takes: ['line'] },
  'A.map': { takes: ['device', 'direction', 'line', 'skip'] }, 'A.unmap': { takes: ['device', 'direction', 'line', 'skip'] },
  'A.fd': { takes: ['device', 'direction', 'line'] }, 'A.fc': { takes: ['device', 'direction', 'line'] },
  'G.ld': { takes: ['slot'], gives: true }, 'G.st': { takes: ['slot', 'value'] }, 'G.flush': { takes: [] }, 'G.clean': { takes: [] },
  'D.scan': { takes: ['slot'], gives: true }, 'V.rd': { takes: ['slot'], gives: true }, 'V.wr': { takes: ['slot', 'value'] }, 'V.wrl': { takes: ['line', 'value'] }, 'M.peek': { takes: ['slot'], gives: true },
  '!pf': { takes: ['line'] }, '!ev': { takes: ['line'] }, '!gev': { takes: ['line'] }, '!wcd': { takes: ['line'] },
}
const KINDS: Readonly<Record<string, { readonly looks: RegExp; readonly say: string }>> = {
  attr: { looks: /^(wb|wc|uc)$/, say: 'wb, wc or uc' },
  slot: { looks: /^[A-Z][0-7]$/, say: 'a slot of a line, such as X0' },
  line: { looks: /^[A-Z]$/, say: 'a line, such as X' },
  value: { looks: /^(0x[0-9a-f]{1,13}|\d{1,15})$/i, say: 'a number of at most fifteen digits' },
  device: { looks: /^(gpu|disp|v)$/, say: 'gpu, disp or v' },
  direction: { looks: /^(TO|FROM|BIDIR)$/, say: 'TO, FROM or BIDIR' },
  skip: { looks: /^skip$/, say: 'skip, or nothing' },
}

export interface Op { readonly form: string; readonly core: number; readonly args: readonly string[]; readonly register: string | null; readonly text: string }

const JOBS: Readonly<Record<string, readonly [start: string | null, end: string | null]>> = {
  job: ['G.flush', 'G.flush'], jobNS: [null, 'G.flush'], jobNE: ['G.flush', null], jobEC: ['G.flush', 'G.clean'],
}
/** A register that is filled twice would lose what it held. */
function filledOnce(cell: Piece, ops: readonly Op[]): Op[] {
  const names = ops.flatMap(op => op.register ?? [])
  const twice = names.find((name, i) => names.indexOf(name) < i)
  return twice === undefined ? [...ops] : misread(cell, cell.text.lastIndexOf(`->${twice}`), `${twice} is filled twice`, 'Give every value a register of its own.')
}
const plain = (form: string): Op => ({ form, core: 0, args: [], register: null, text: form })

/** Where the pieces between semicolons begin; brackets keep theirs. */
function parts(text: string): [number, string][] {
  const found: [number, string][] = []
  let depth = 0
  let start = 0
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '[') depth++
    if (text[i] === ']') depth--
    if (i < text.length && (text[i] !== ';' || depth > 0)) continue
    const raw = text.slice(start, i)
    found.push([start + raw.length - raw.trimStart().length, raw.trim()])
    start = i + 1
  }
  return found
}

export function parseOperations(cell: Piece): Op[] {
  const quoted = /^`(.*)`$/.exec(cell.text)
  if (!quoted) return misread(cell, 0, 'the operations are not in backquotes', 'Write them as `C.st(wb,X0,1); C.bar`.')
  const inside = { ...cell, text: quoted[1]!, column: cell.column + 1 }
  return filledOnce(inside, parseList(inside))
}

function parseList(cell: Piece): Op[] {
  return parts(cell.text).flatMap(([at, text]) => {
    if (text === '') return misread(cell, at, 'there is no operation', 'Write one, such as C.bar, or leave the semicolon away.')
    const job = /^G\.(job[A-Z]*)\s*\[(.*)\]$/.exec(text)
    if (!job) return [parseOp(cell, at, text)]
    const flushes = JOBS[job[1]!]
    if (!flushes) return misread(cell, at, `there is no job ${job[1]}`, `Known here: ${Object.keys(JOBS).join(', ')}.`)
    const body = text.indexOf('[') + 1
    const [start, end] = flushes
    return [...(start ? [plain(start)] : []), ...parseList({ ...cell, text: job[2]!, column: cell.column + at + body }), ...(end ? [plain(end)] : [])]
  })
}

function parseOp(cell: Piece, at: number, text: string): Op {
  const read = /^(!\w+|([A-Z])(\d?)\.(\w+))(?:\(([^()]*)\))?(?:->(\w+))?$/.exec(text)
  if (!read) return misread(cell, at, `"${text}" is no operation`, 'An operation looks like C.ld(wb,X0)->r0, G.flush or !pf(X).')
  const [, head, unit, core, verb, given, register] = read
  const form = unit ? `${unit}.${verb}` : head!
  const known = FORMS[form]
  if (!known || (core !== '' && core !== undefined && unit !== 'C') || Number(core) > 1) return misread(cell, at, `there is no operation ${head}`, `Known here: ${Object.keys(FORMS).join(', ')}; cores are C and C1.`)
  const args = given === undefined || given.trim() === '' ? [] : given.split(',').map(arg => arg.trim())
  const { takes } = known
  const most = takes.length
  const least = takes.filter(kind => kind !== 'skip').length
  if (args.length < least || args.length > most) return misread(cell, at, `${form} takes ${least === most ? most : `${least} or ${most}`} arguments, not ${args.length}`, `Write ${form}(${takes.join(', ')}).`)
  args.forEach((arg, i) => {
    const { looks, say } = KINDS[takes[i]!]!
    if (!looks.test(arg)) misread(cell, at + text.indexOf(arg, text.indexOf('(')), `"${arg}" cannot be argument ${i + 1} of ${form}`, `It must be ${say}.`)
  })
  if (known.gives && !register) return misread(cell, at + text.length, `${form} reads, and nothing takes the value`, `Write ${text}->r0.`)
  if (!known.gives && register) return misread(cell, at + text.indexOf('->'), `${form} gives no value`, `Leave ->${register} away.`)
  return { form, core: Number(core || 0), args, register: register ?? null, text }
}

/** Names of the values that are read, in the order in which a tuple lists them. */
export const registersOf = (ops: readonly Op[]): string[] => [...new Set(ops.flatMap(op => op.register ?? []))].sort()

export const namesIn = (cell: Piece): string[] => cell.text.replace(/^\(|\)$/g, '').split(',').map(name => name.trim())

/** `0` or `(0,1)`, as a text that results are compared as. */
export function parseTuple(cell: Piece, width: number): string {
  const read = /^\(?\s*(\w+(?:\s*,\s*\w+)*)\s*\)?$/.exec(cell.text)
  const values = read?.[1]!.split(',').map(value => value.trim()) ?? []
  if (values.length !== width || values.some(value => !KINDS.value!.looks.test(value))) return misread(cell, 0, `"${cell.text}" is not ${width === 1 ? 'one value' : `${width} values`}`, width === 1 ? 'Write it as 0.' : `Write it as (${Array.from({ length: width }, () => 0).join(',')}), in alphabetical order of the registers.`)
  return tupleText(values.map(Number))
}
export const tupleText = (values: readonly number[]): string => (values.length === 1 ? String(values[0]) : `(${values.join(',')})`)

export function parseSet(cell: Piece, width: number): string[] {
  const read = /^\{(.*)\}$/.exec(cell.text)
  if (!read) return misread(cell, 0, `"${cell.text}" is no set`, 'Write it as {0, 1} or {(0,0), (0,1)}.')
  const members = read[1]!.match(/\([^()]*\)|[^,\s()]+/g) ?? []
  return [...new Set(members.map(text => parseTuple({ ...cell, text }, width)))].sort()
}
