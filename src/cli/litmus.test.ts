/** The tables as they stand, on the machine's memory; and that the runner looks: other constants, names and rules give other answers. */
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, test, vi } from 'vitest'
import type { Platform } from '../hardware/hardware.ts'
import { Memory } from '../hardware/memory.ts'
import type { PhysAddr } from '../base/brand.ts'
import { main, runLitmus, type Result } from './litmus.ts'

const text = readFileSync(new URL('./litmus/tables.md', import.meta.url).pathname, 'utf8')
const HEAD = '| Id | Class | Init | Operations | Registers | Lazy | Allowed | Rationale |\n|---|---|---|---|---|---|---|---|\n'
const row = (cls: string, operations: string, registers: string, lazy: string, allowed: string, init = '-'): Result =>
  runLitmus('some.md', `${HEAD}| M99 | ${cls} | ${init} | \`${operations}\` | ${registers} | ${lazy} | ${allowed} | why |\n`, undefined, 50)[0]!
const outcomes = (results: readonly Result[], outcome: Result['outcome']): string[] => results.filter(one => one.outcome === outcome).map(one => one.id)

test('every test of memory passes, in all four classes', () => {
  const results = runLitmus('tables.md', text)
  expect(results.filter(one => one.outcome === 'fail')).toEqual([])
  expect(outcomes(results, 'pass').filter(id => id.startsWith('M'))).toEqual(Array.from({ length: 45 }, (_, i) => `M${String(i + 1).padStart(2, '0')}`))
  expect(outcomes(results, 'by hand').every(id => id.startsWith('T'))).toBe(true)
})

test('and so does every rule that those do not reach', () => {
  const results = runLitmus('more.md', readFileSync(new URL('./litmus/more.md', import.meta.url).pathname, 'utf8'), undefined, 200)
  expect(results.filter(one => one.outcome !== 'pass')).toEqual([])
  expect(results.length).toBeGreaterThan(20)
})

describe('it looks at what the row says', () => {
  const answer = (...args: Parameters<typeof row>): string => `${row(...args).outcome} ${row(...args).text}`
  test('other constants, other results', () => {
    expect(answer('NC', 'C.st(wb,X0,7); G.job[G.ld(X0)->g0]', 'g0', '0', '{0, 7}')).toMatch(/^pass lazy 0, explored \{0, 7\}/)
    expect(answer('NC', 'C.st(wb,X0,7); G.job[G.ld(X0)->g0]', 'g0', '0', '{0, 1}')).toBe('fail exploring gives {0, 7}, not {0, 1}; chance gives {7} too')
    expect(answer('NC', 'G.job[G.ld(X0)->g0]', 'g0', '5', '{5}', 'mem X=5')).toMatch(/^pass/)
  })
  test('other names of lines, cores and registers', () => {
    expect(answer('NC', 'C1.st(wc,Q3,1); C1.bar; G.job[G.ld(Q3)->zed]', 'zed', '1', '{1}')).toMatch(/^pass/)
    expect(answer('NC', 'C1.st(wc,Q3,1); C.bar; G.job[G.ld(Q3)->zed]', 'zed', '1', '{1}')).toBe('fail lazy gives 0, not 1; exploring gives {0, 1}, not {1}; chance gives {0} too')
  })
  test('a result that the rules allow and the set leaves out, and the reverse', () => {
    expect(answer('NC', 'C.st(wb,X0,1); G.job[G.ld(X0)->g0]', 'g0', '0', '{0}')).toMatch(/^fail exploring gives \{0, 1\}, not \{0\}/)
    expect(answer('X86', 'C.st(wb,X0,1); V.rd(X0)->v0', 'v0', '1', '{0, 1}')).toBe('fail exploring gives {1}, not {0, 1}')
  })
  test('a dirty line that is invalidated: both that are possible are explored, lazily it is lost', () => {
    expect(answer('NC', 'C.st(wb,X0,1); K.inv(X); C.ld(wb,X0)->r0', 'r0', '0', '{0, 1}')).toMatch(/^pass/)
  })
  test('a device of another class, no cached mapping of the kernel, a device that writes a whole line', () => {
    expect(answer('X86 v=NC', 'C.st(wb,X0,1); V.rd(X0)->v0', 'v0', '0', '{0, 1}')).toMatch(/^pass/)
    expect(answer('IOC lin=wc', 'C.st(wc,X0,1); C.bar; G.job[G.ld(X0)->g0]', 'g0', '1', '{1}')).toMatch(/^pass/)
    expect(answer('IOC', 'C.st(wb,X1,5); V.wrl(X,1); M.peek(X1)->m', 'm', '1', '{1}')).toMatch(/^pass/)
  })
})

describe('a rule that is changed is noticed', () => {
  class CleanDrops extends Memory {
    override clean(phys: PhysAddr, sizeBytes: number): void { this.cleanInvalidate(phys, sizeBytes) }
  }
  class LosesDrains extends Memory {
    override barrier(): number { return 0 }
  }
  class NoEndFlush extends Memory {
    override gpuCleanInvalidate(): void { this.gpuClean() }
  }
  class InvalidateCleans extends Memory {
    override invalidate(phys: PhysAddr, sizeBytes: number): void { this.cleanInvalidate(phys, sizeBytes) }
  }
  const snoopless = (platform: Platform): Platform => ({ ...platform, ncAlias: 'bypass' })
  const failing = (make: Parameters<typeof runLitmus>[2]): string[] => outcomes(runLitmus('tables.md', text, make, 50), 'fail')
  test('a clean that invalidates', () => expect(failing((w, p, pick) => new CleanDrops(w, p, pick))).toEqual(['M38']))
  test('a drain that is lost', () => expect(failing((w, p, pick) => new LosesDrains(w, p, pick))).toEqual(expect.arrayContaining(['M17', 'M28', 'M44'])))
  test('a flush that only cleans', () => expect(failing((w, p, pick) => new NoEndFlush(w, p, pick))).toEqual(expect.arrayContaining(['M28'])))
  test('an invalidate that saves dirty lines', () => expect(failing((w, p, pick) => new InvalidateCleans(w, p, pick))).toEqual(expect.arrayContaining(['M14'])))
  test('x86 without its care for mixed attributes', () => expect(failing((w, p, pick) => new Memory(w, snoopless(p), pick))).toEqual(expect.arrayContaining(['M23'])))
})

test('where both sides look into each other\'s caches, two copies of which one is dirty are an error of ours', () => {
  const blind = (platform: Platform): Platform => ({ ...platform, cls: 'NC' })
  const ops = (operations: string): Result[] => runLitmus('some.md', `${HEAD}| M99 | FC | - | \`${operations}\` | g0 | 0 | {0} | why |\n`, (w, p, pick) => new Memory(w, blind(p), pick), 1)
  expect(() => ops('C.ld(wb,X0)->g0; G.st(X0,1)')).toThrow(/line 0 is dirty in the GPU's cache, and the CPU has a copy/)
  expect(() => ops('G.ld(X0)->g0; C.st(wb,X0,1)')).toThrow(/line 0 is dirty in the CPU's cache, and the GPU has a copy/)
})

describe('what cannot be read is a failure that names place and remedy', () => {
  const OPS = 'C.st(wb,X0,1); G.job[G.ld(X0)->g0]'
  test.each([
    ['a class', row('ARM', OPS, 'g0', '0', '{0}'), 'some.md: line 3, column 9: there is no class "ARM". Choose one of NC, IOC, FC, X86.'],
    ['an override', row('NC dt=YES', OPS, 'g0', '0', '{0}'), 'some.md: line 3, column 12: "dt=YES" says nothing known. Known here: dt=NC|COH, gsh=IS|OS, v=NC|IOC|FC|X86, lin=wb|wc.'],
    ['memory', row('NC', OPS, 'g0', '0', '{0}', 'mem 4'), 'some.md: line 3, column 18: "4" is no beginning of memory. Write -, or mem X=9.'],
    ['an operation', row('NC', 'C.put(wb,X0,1)', 'g0', '0', '{0}'), expect.stringContaining('some.md: line 3, column 19: there is no operation C.put. Known here: C.ld')],
    ['an argument', row('NC', 'C.st(wx,X0,1)', 'g0', '0', '{0}'), 'some.md: line 3, column 24: "wx" cannot be argument 1 of C.st. It must be wb, wc or uc.'],
    ['an argument in a job', row('NC', 'C.bar; G.job[G.ld(X)->g0]', 'g0', '0', '{0}'), 'some.md: line 3, column 37: "X" cannot be argument 1 of G.ld. It must be a slot of a line, such as X0.'],
    ['a job', row('NC', 'G.jobXY[G.flush]', 'g0', '0', '{0}'), 'some.md: line 3, column 19: there is no job jobXY. Known here: job, jobNS, jobNE, jobEC.'],
    ['a value nobody takes', row('NC', 'G.ld(X0)', 'g0', '0', '{0}'), 'some.md: line 3, column 27: G.ld reads, and nothing takes the value. Write G.ld(X0)->r0.'],
    ['an override twice', row('NC dt=NC dt=COH', OPS, 'g0', '0', '{0}'), 'some.md: line 3, column 18: dt is said twice. Say it once.'],
    ['memory twice', row('NC', OPS, 'g0', '0', '{0}', 'mem X=1 X=2'), 'some.md: line 3, column 22: memory of X is said twice. Say it once.'],
    ['a number too long', row('NC', 'C.st(wb,X0,9007199254740993)', 'g0', '0', '{0}'), 'some.md: line 3, column 30: "9007199254740993" cannot be argument 3 of C.st. It must be a number of at most fifteen digits.'],
    ['nothing between semicolons', row('NC', 'C.bar;; G.ld(X0)->g0', 'g0', '0', '{0}'), 'some.md: line 3, column 25: there is no operation. Write one, such as C.bar, or leave the semicolon away.'],
    ['a register twice', row('NC', 'G.ld(X0)->g0; G.ld(X0)->g0', 'g0', '0', '{0}'), 'some.md: line 3, column 41: g0 is filled twice. Give every value a register of its own.'],
    ['registers', row('NC', OPS, 'g1', '0', '{0}'), 'some.md: line 3, column 57: the registers are g1, but the operations fill g0. List exactly those, in alphabetical order.'],
    ['a tuple', row('NC', OPS, 'g0', '(0,1)', '{0}'), 'some.md: line 3, column 62: "(0,1)" is not one value. Write it as 0.'],
    ['a set', row('NC', OPS, 'g0', '0', '0'), 'some.md: line 3, column 66: "0" is no set. Write it as {0, 1} or {(0,0), (0,1)}.'],
  ])('%s', (_, { outcome, text: said }, want) => {
    expect(outcome).toBe('fail')
    expect(said).toEqual(want)
  })
  test('a table without a column, a row too short, a name twice, a row of no litmus table, no table at all', () => {
    const said = (given: string): string => runLitmus('f.md', given, undefined, 1)[0]!.text
    expect(said(HEAD.replace(' Lazy |', ''))).toBe('f.md: line 1, column 1: the table has no column Lazy. Its header must name Id, Class, Init, Operations, Registers, Lazy, Allowed.')
    expect(said(`${HEAD}| M01 | NC |\n`)).toMatch(/^f\.md: line 3, column 12: M01 has 2 cells where its table has 8\./)
    const fine = `| M01 | NC | - | \`${OPS}\` | g0 | 0 | {0, 1} | - |\n`
    expect(said(`${HEAD}${fine}${fine}`)).toBe('f.md: line 4, column 3: M01 stands in line 3 already. Give every test a name of its own.')
    expect(said('| Name | Other |\n|---|---|\n| M01 | x |\n')).toMatch(/^f\.md: line 3, column 3: M01 stands in a table that is no litmus table\./)
    expect(said('# Nothing\n')).toMatch(/^f\.md: line 1, column 1: there is no litmus table\./)
  })
})

test('a folder, or a path where nothing is, is no litmus file', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  expect([await main([tmpdir()]), await main(['no/such.md'])]).toEqual([2, 2])
  expect(said.mock.calls.flat()).toEqual([expect.stringContaining(`${tmpdir()}: this is no file. Give a litmus file`), expect.stringContaining('no/such.md: there is no such file.')])
  said.mockRestore()
})
