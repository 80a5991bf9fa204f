/**
 * From text to program. Says every mistake of form it finds, one per line, with line, column and remedy;
 * what the calls mean is looked at in check.ts.
 */
import type { CallLine, Expr, Item, Line, Place, ProcessBlock, Program, ScheduleLine, SharedLine, Turn } from './ast.ts'
import { Mistake, say } from './mistake.ts'
import { numberOf, tokensOf, type Token } from './tokens.ts'

/** What a program consists of besides calls. */
const PARTS: readonly string[] = ['process', 'schedule', 'shared']

export interface Parsed { readonly program: Program; readonly mistakes: readonly Mistake[] }

export function parse(text: string): Parsed {
  const mistakes: Mistake[] = []
  const tokens = tokensOf(text, mistakes)
  const unread = new Set(mistakes.map(({ at }) => at.line))
  const said: Mistake[] = []
  const program = lettered(new Reader(tokens, said).program())
  // What follows from a sign that could not be read is not said again.
  return { program, mistakes: [...mistakes, ...said.filter(({ at }) => !unread.has(at.line))] }
}

/** Processes without a letter get the first ones that are free. */
function lettered(program: Program): Program {
  const taken = new Set(program.items.flatMap(item => (item.kind === 'process' ? [item.letter] : [])))
  let next = 0
  return { items: program.items.map(item => {
    if (item.kind !== 'process' || item.letter !== '') return item
    while (taken.has(letterAt(next))) next++
    return { ...item, letter: letterAt(next++) }
  }) }
}
const letterAt = (n: number): string => (n < 26 ? String.fromCharCode(65 + n) : `${letterAt(n % 26)}${Math.floor(n / 26)}`)

class Reader {
  private next = 0
  private readonly tokens: readonly Token[]
  private readonly mistakes: Mistake[]
  constructor(tokens: readonly Token[], mistakes: Mistake[]) {
    this.tokens = tokens
    this.mistakes = mistakes
  }

  program(): Program {
    const items: Item[] = []
    while (this.peek().kind !== 'end') this.line(() => {
      const token = this.peek()
      if (token.kind === 'comment') items.push(this.comment())
      else if (token.text === 'process') items.push(this.process())
      else if (token.text === 'schedule') items.push(this.schedule())
      else if (token.text === 'shared') items.push(this.shared())
      else throw new Mistake(say('outside', token), say('callsBelong'), token.at)
    })
    return { items }
  }

  /** Reads one line; after a mistake goes on behind it. */
  private line(read: () => void): void {
    if (this.take('end-line')) return
    try {
      read()
      const token = this.peek()
      if (token.kind !== 'end' && !this.take('end-line') && token.text !== '}') throw new Mistake(say('endsBefore', token), say('onePerLine'), token.at)
    } catch (error) {
      if (!(error instanceof Mistake)) throw error
      this.mistakes.push(error)
      while (this.peek().kind !== 'end-line' && this.peek().kind !== 'end') this.next++
    }
  }

  private process(): ProcessBlock {
    const { at } = this.expect('name')
    const name = this.peek().kind === 'word' ? this.expect('word').text : this.named()
    const given = this.take('word') ?? (this.peek().text === 'later' ? undefined : this.take('name'))
    const letter = given?.text ?? ''
    const later = this.peek().text === 'later'
    if (later) this.next++
    this.sign('{', () => say('writeProcess'))
    const lines: Line[] = []
    while (this.peek().text !== '}') {
      const token = this.peek()
      if (token.kind === 'end') {
        // What stands in it counts, or others would be told that there is no such process.
        this.mistakes.push(new Mistake(say('notClosed', { name }), say('putBrace'), at))
        return { kind: 'process', name, letter, later, lines, at }
      }
      this.line(() => {
        if (token.kind === 'comment') lines.push(this.comment())
        else if (token.text === 'landmark') lines.push(this.landmark())
        else if (PARTS.includes(token.text)) throw new Mistake(say('inside', token), say('closeFirst', { name }), token.at)
        else lines.push(this.call())
      })
    }
    this.next++
    return { kind: 'process', name, letter, later, lines, at }
  }

  private comment() {
    const { text, at } = this.expect('comment')
    return { kind: 'comment', comment: text.slice(1).trim(), at } as const
  }
  private trailing(): string | null {
    return this.take('comment')?.text.slice(1).trim() ?? null
  }

  private landmark(): Line {
    const { at } = this.expect('name')
    const token = this.peek()
    if (token.kind !== 'text') throw new Mistake(say('unnamedLandmark'), say('writeLandmark'), token.at)
    this.next++
    return { kind: 'landmark', name: token.text.slice(1, -1), at, comment: this.trailing() }
  }

  private call(): CallLine {
    const first = this.peek()
    if (first.kind !== 'name' && first.kind !== 'word') throw new Mistake(say('wantsCall', { text: first.text.trim() || say('end') }), say('writeCall'), first.at)
    this.next++
    let as: string | null = null
    let call = first
    if (this.isSign('=')) {
      if (first.kind === 'word') throw new Mistake(say('constantName', first), say('smallLetter'), first.at)
      this.next++
      as = first.text
      call = this.peek()
      if (call.kind !== 'name' && call.kind !== 'word') throw new Mistake(say('wantsCallBehind', { text: call.text.trim() || say('nothing') }), say('writeGiven', { name: as }), call.at)
      this.next++
    }
    const args = this.args(call.text)
    return { kind: 'call', as, call: call.text, args, at: call.at, comment: this.trailing() }
  }

  private args(call: string): Expr[] {
    this.sign('(', () => say('writeArguments', { call }))
    const args: Expr[] = []
    if (!this.isSign(')')) {
      args.push(this.expr())
      while (this.isSign(',')) {
        this.next++
        args.push(this.expr())
      }
    }
    this.sign(')', () => say('closeList'))
    return args
  }

  private expr(): Expr {
    const { kind, text, at } = this.peek()
    if (kind === 'text') {
      this.next++
      return { kind: 'text', value: text.slice(1, -1), at }
    }
    if (kind === 'number') {
      this.next++
      return this.isSign('|') ? this.words(text, at) : { kind: 'number', value: numberOf(text), text, at }
    }
    if (kind === 'word') {
      this.next++
      return this.words(text, at)
    }
    if (kind !== 'name') throw new Mistake(say('wantsArgument', { text: text.trim() || say('endOfLine') }), say('knownArguments'), at)
    this.next++
    if (this.isSign('(')) return { kind: 'call', call: text, args: this.args(text), at }
    let add = 0
    if (this.isSign('+')) {
      this.next++
      const token = this.peek()
      if (token.kind !== 'number') throw new Mistake(say('onlyNumber'), say('writeSum', { name: text }), token.at)
      this.next++
      add = numberOf(token.text)
    }
    return { kind: 'name', name: text, add, at }
  }

  private words(first: string, at: Place): Expr {
    const words = [first]
    while (this.isSign('|')) {
      this.next++
      const token = this.peek()
      if (token.kind !== 'word' && token.kind !== 'number') throw new Mistake(say('wantsFlag', { text: token.text.trim() || say('endOfLine') }), say('writeFlags'), token.at)
      this.next++
      words.push(token.text)
    }
    return { kind: 'words', words, at }
  }

  private schedule(): ScheduleLine {
    const { at } = this.expect('name')
    const turns: Turn[] = []
    while (this.peek().kind === 'name' || this.peek().kind === 'word') {
      const process = this.peek()
      this.next++
      let count = 1
      if (this.isSign('*')) {
        this.next++
        const token = this.peek()
        if (token.kind !== 'number' || !(numberOf(token.text) > 0)) throw new Mistake(say('howMany', { process: process.text }), say('writeSchedule'), token.at)
        this.next++
        count = numberOf(token.text)
      }
      turns.push({ process: process.text, count, at: process.at })
    }
    return { kind: 'schedule', turns, at }
  }

  private shared(): SharedLine {
    const { at } = this.expect('name')
    const names: string[] = []
    while (this.peek().kind === 'name') names.push(this.expect('name').text)
    return { kind: 'shared', names, at }
  }

  private peek(): Token { return this.tokens[this.next]! }
  private isSign(text: string): boolean { return this.peek().kind === 'sign' && this.peek().text === text }
  private take(kind: Token['kind']): Token | undefined {
    const token = this.peek()
    if (token.kind !== kind || this.next === this.tokens.length - 1) return undefined
    this.next++
    return token
  }
  private expect(kind: Token['kind']): Token {
    const token = this.peek()
    if (token.kind !== kind) throw new Mistake(say('notExpected', { text: token.text.trim() || say('theEnd') }), say('wantsKind', { kind }), token.at)
    this.next++
    return token
  }
  private named(): string {
    const token = this.peek()
    if (token.kind !== 'name') throw new Mistake(say('unnamedProcess'), say('writeProcess'), token.at)
    this.next++
    return token.text
  }
  private sign(sign: string, remedy: () => string): void {
    const token = this.peek()
    if (!this.isSign(sign)) throw new Mistake(say('wantsSign', { sign, text: token.text.trim() || say('endOfLine') }), remedy(), token.at)
    this.next++
  }
}
