/** What the arguments of a line stand for when it runs: names become the numbers they name. */
import { fill } from '../base/fill.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Args, Call, JobPart, Param, Place, Value } from './call.ts'
import type { Expr } from './program/ast.ts'
import { SENTENCES } from './sentences.ts'

/** Names as they stand now; undefined: nobody gave that name yet. */
export type Lookup = (name: string) => Value | undefined

/** Why a line cannot be acted on: a mapping or buffer that never came into being. */
class Skip extends Error {}

const numberOf = (expr: Expr, lookup: Lookup, failed: number): number => {
  if (expr.kind === 'number') return expr.value
  if (expr.kind !== 'name') return failed
  const value = lookup(expr.name)
  return (value?.ok ? value.value : failed) + expr.add
}

function placeOf(expr: Expr, lookup: Lookup): Place {
  if (expr.kind !== 'name') {
    const addr = numberOf(expr, lookup, 0)
    return { addr, rest: 0, start: addr, length: 0 }
  }
  const value = lookup(expr.name)
  if (!value?.ok) throw new Skip(fill(SENTENCES.noMapping, { name: expr.name }))
  return { addr: value.value + expr.add, rest: Math.max(0, value.length - expr.add), start: value.value, length: value.length }
}

function boOf(expr: Expr, lookup: Lookup): Id {
  const value = expr.kind === 'name' ? lookup(expr.name) : undefined
  if (!value?.ok || value.obj === null) throw new Skip(expr.kind === 'name' ? fill(SENTENCES.noBuffer, { name: expr.name }) : SENTENCES.noBufferHere)
  return value.obj
}

function jobPart(expr: Expr, lookup: Lookup): JobPart {
  const { call, args } = expr as Extract<Expr, { kind: 'call' }>
  const op = call as JobPart['op']
  const picture = (at: number): string | null => (args[at]?.kind === 'name' ? args[at].name : null)
  const first = args[0]!
  const named = first.kind === 'name' ? lookup(first.name) : undefined
  const va = named && first.kind === 'name' ? named.value + first.add : numberOf(first, lookup, 0)
  if (op === 'uses') return { op, bo: null, va: numberOf(first, lookup, 0), size: 0, pattern: null }
  const byBo = args.length === (op === 'read' ? 1 : 2)
  if (byBo) return { op, bo: boOf(first, lookup), va: 0, size: 0, pattern: op === 'write' ? picture(1) : null }
  return { op, bo: null, va, size: numberOf(args[1]!, lookup, 0), pattern: op === 'write' ? picture(2) : null }
}

/** REST in place of a length: what is left of the mapping. */
export const isRest = (param: Param, expr: Expr): boolean => param.absent === null && expr.kind === 'words' && expr.words.join() === 'REST'

function argument(param: Param, expr: Expr, lookup: Lookup, tasks: Readonly<Record<string, Id<'task'>>>): unknown {
  switch (param.kind) {
    case 'fd': return numberOf(expr, lookup, -1)
    case 'handle': case 'number': return isRest(param, expr) ? null : numberOf(expr, lookup, 0)
    case 'words': return expr.kind === 'words' ? expr.words.filter(word => !/^0x0+$/.test(word)) : expr.kind === 'number' && expr.value !== 0 ? [expr.text] : []
    case 'text': case 'bytes': return expr.kind === 'text' ? expr.value : ''
    case 'process': return expr.kind === 'name' || expr.kind === 'words' ? tasks[expr.kind === 'name' ? expr.name : expr.words[0]!] : null
    case 'device': return `device:${expr.kind === 'text' ? expr.value.replace(/^\/dev\/dri\//, '') : ''}`
    case 'picture': return expr.kind === 'name' ? expr.name : ''
    case 'mapping': return placeOf(expr, lookup)
    case 'bo': return boOf(expr, lookup)
    case 'job': return jobPart(expr, lookup)
  }
}

export function evaluate(call: Call, exprs: readonly Expr[], lookup: Lookup, tasks: Readonly<Record<string, Id<'task'>>>): { readonly args: Args } | { readonly skip: string } {
  const args: Record<string, unknown> = {}
  try {
    call.params.forEach((param, i) => {
      if (param.rest) args[param.name] = exprs.slice(i).map(expr => argument(param, expr, lookup, tasks))
      else args[param.name] = exprs[i] === undefined ? param.absent : argument(param, exprs[i], lookup, tasks)
    })
  } catch (error) {
    if (!(error instanceof Skip)) throw error
    return { skip: error.message }
  }
  return { args: args as Args }
}
