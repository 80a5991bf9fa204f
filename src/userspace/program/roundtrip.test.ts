/** Any program: printed and read again it is the same program. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Param } from '../call.ts'
import { calls } from '../calls.ts'
import { pictures } from '../pictures.ts'
import type { CallLine, Expr, Item, Line, Program } from './ast.ts'
import { readProgram } from './check.ts'
import { parse } from './parse.ts'
import { print } from './print.ts'

const at = { line: 1, column: 1 }
const name = fc.constantFrom('fd', 'px', 'bo', 'h2', 'a_b', 'later', 'process1', 'oK')
const number = fc.oneof(fc.nat({ max: 0xffff }).map(String), fc.nat().map(n => `0x${n.toString(16)}`), fc.integer({ min: -99, max: -1 }).map(String), fc.constant('0xffffffffffffffff'))
  .map((text): Expr => ({ kind: 'number', value: text.startsWith('-') ? -Number(text.slice(1)) : Number(text), text, at }))
const named = fc.tuple(name, fc.constantFrom(0, 8, 4096, -8)).map(([n, add]): Expr => ({ kind: 'name', name: n, add, at }))
const quiet = fc.constantFrom('', 'now', 'two words', 'a # in it', 'x = y(z)')
const wordsOf = (known: readonly string[]): fc.Arbitrary<Expr> =>
  fc.tuple(fc.subarray([...known], { minLength: 1 }), fc.constantFrom<readonly string[]>([], ['0x10'])).map(([list, more]): Expr => ({ kind: 'words', words: [...list, ...more], at }))

function exprFor(param: Param): fc.Arbitrary<Expr> {
  switch (param.kind) {
    case 'words': return param.words?.length ? fc.oneof(wordsOf(param.words), number.filter(n => n.kind === 'number' && n.value >= 0)) : number.filter(n => n.kind === 'number' && n.value >= 0)
    case 'text': case 'device': return fc.constantFrom('/dev/dri/card0', 'x', '', '{}# ()').map((value): Expr => ({ kind: 'text', value, at }))
    case 'bytes': return fc.constantFrom('', '00', 'a5FF').map((value): Expr => ({ kind: 'text', value, at }))
    case 'picture': return fc.constantFrom(...Object.keys(pictures)).map((n): Expr => ({ kind: 'name', name: n, add: 0, at }))
    case 'process': return fc.constantFrom('alpha', 'beta').map((n): Expr => ({ kind: 'name', name: n, add: 0, at }))
    case 'bo': return name.map((n): Expr => ({ kind: 'name', name: n, add: 0, at }))
    case 'job': return fc.oneof(
      name.map((n): Expr => ({ kind: 'call', call: 'read', args: [{ kind: 'name', name: n, add: 0, at }], at })),
      fc.tuple(number, number).map((args): Expr => ({ kind: 'call', call: 'read', args, at })),
      fc.tuple(named, number).map(([a, b]): Expr => ({ kind: 'call', call: 'write', args: [a, b, { kind: 'name', name: 'day', add: 0, at }], at })),
      named.map((n): Expr => ({ kind: 'call', call: 'uses', args: [n], at })),
    )
    default: return fc.oneof(named, number)
  }
}
const comment = fc.option(quiet.filter(c => c !== ''), { nil: null })
const call = fc.constantFrom(...Object.values(calls)).chain(({ name: callName, params }) => {
  const least = params.filter(p => p.absent === undefined).length
  return fc.tuple(fc.option(name, { nil: null }), fc.integer({ min: least, max: params.length }), fc.tuple(...params.map(exprFor)), comment).map(([as, count, args, said]): CallLine =>
    ({ kind: 'call', as, call: callName, args: args.slice(0, count), at, comment: said }))
})
const anyLine: fc.Arbitrary<Line> = fc.oneof({ weight: 8, arbitrary: call }, { weight: 1, arbitrary: fc.tuple(quiet, comment).map(([n, c]): Line => ({ kind: 'landmark', name: n, at, comment: c })) },
  { weight: 1, arbitrary: quiet.map((c): Line => ({ kind: 'comment', comment: c, at })) })
const turn = fc.tuple(fc.constantFrom('alpha', 'beta', 'A', 'B'), fc.integer({ min: 1, max: 9 })).map(([process, count]) => ({ process, count, at }))
const program: fc.Arbitrary<Program> = fc.tuple(fc.array(anyLine, { maxLength: 12 }), fc.array(anyLine, { maxLength: 12 }), fc.boolean(), fc.array(turn, { maxLength: 6 }), fc.boolean()).map(([a, b, later, turns, asComment]) => {
  const items: Item[] = [{ kind: 'shared', names: ['fd', 'px', 'bo', 'h2', 'a_b', 'later', 'process1', 'oK'], at }]
  if (asComment) items.push({ kind: 'comment', comment: 'of two', at })
  items.push({ kind: 'process', name: 'alpha', letter: 'A', later: false, lines: a, at }, { kind: 'process', name: 'beta', letter: 'B', later, lines: b, at })
  if (turns.length) items.push({ kind: 'schedule', turns, at })
  return { items }
})

const bare = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, v: unknown) => (key === 'at' ? undefined : v)))

test('printed and read again, any program is the same, and has no mistakes', () => {
  fc.assert(fc.property(program, one => {
    const text = print(one)
    const read = readProgram(text)
    expect(read.mistakes.map(m => `${m.at.line}: ${m.message}`)).toEqual([])
    expect(bare(read.program)).toEqual(bare(one))
    expect(print(parse(text).program)).toBe(text)
  }), { numRuns: 400, seed: 11 })
})
