/** Recordings of three real kernels, replayed with a full journal: same answers, no untold change, counters equal edges, undo leaves nothing. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { equal } from '../base/bits.ts'
import { danglingRefs, unheldNames, wrongCounts } from '../journal/edges.ts'
import { World } from '../world/world.ts'
import { readRecording } from '../recordings/read.ts'
import { flavourOf } from '../recordings/releases.ts'
import { bootKernel } from '../kernel/boot.ts'
import { flavours } from '../kernel/flavours.ts'
import { Replayer } from '../recordings/ops.ts'
import { simpleHardware } from '../recordings/simple-hardware.ts'
import { devicesOf, differences, replay } from '../recordings/replay.ts'
import { main } from './oracle.ts'
import { OWN, ownRecording, ownText } from './recording-files.ts'

describe.each(['6.1.192', '5.2.1', '5.2.1-patched'])('scenarios recorded on %s', release => {
  const recording = ownRecording(`${release}/scenarios`)
  const flavour = flavourOf(recording.kernel)!
  test('all agree, with every invariant kept', () => {
    const bad: string[] = []
    for (const sequence of recording.sequences) {
      const world = new World({ history: 'steps', hashing: true })
      const { at, why } = replay(recording, sequence, flavour, world)
      if (at >= 0 || why) bad.push(`${sequence.name} ${at + 1}: ${why}`)
      if (world.untold) bad.push(`${sequence.name}: untold ${JSON.stringify(world.untoldChanges)}`)
      bad.push(...[...wrongCounts(world), ...danglingRefs(world), ...unheldNames(world)].map(w => `${sequence.name}: ${w}`))
      if (world.ids('ref').some(id => !world.get(id).lost && !sequence.left)) bad.push(`${sequence.name}: references are left`)
      if (!equal(world.hash, world.recomputeHash())) bad.push(`${sequence.name}: hash`)
      world.undo(0)
      if (world.records.size > 0) bad.push(`${sequence.name}: undo leaves ${[...world.records.keys()].join()}`)
    }
    expect(bad).toEqual([])
  })
})

test('today answers as recorded on 6.12 what 6.1 answers differently, though that release is reported apart', () => {
  const recording = ownRecording('6.12.117/differs-on-6.12')
  expect(flavourOf(recording.kernel)).toBeUndefined()
  expect(recording.sequences.filter(s => replay(recording, s, 'KNOW').at >= 0).map(s => s.name)).toEqual([])
  expect(recording.sequences.filter(s => replay(recording, s, 'K61').at < 0).map(s => s.name)).toEqual([])
})

test('without a journal the kernel comes to the same state', () => {
  for (const release of ['6.1.192', '5.2.1', '5.2.1-patched']) {
    const { sequences, nodes, kernel } = ownRecording(`${release}/scenarios`)
    for (const sequence of sequences) {
      const [kept, quick] = (['steps', 'none'] as const).map(history => {
        const world = new World({ history, hashing: history === 'steps' })
        return { world, replayer: new Replayer(bootKernel(world, simpleHardware(world), flavours[flavourOf(kernel)!]!, devicesOf(nodes)), nodes) }
      }) as [{ world: World; replayer: Replayer }, { world: World; replayer: Replayer }]
      sequence.ops.forEach((op, i) => {
        for (const { world, replayer } of [kept, quick]) {
          world.call = `r.${i + 1}`
          replayer.run(op)
        }
        // The whole state is much to look at: every eighth time, and at the end.
        if ((i % 8 === 7 || i === sequence.ops.length - 1) && !equal(kept.world.hash, quick.world.recomputeHash())) throw new Error(`${release} ${sequence.name}, op ${i + 1}`)
      })
    }
  }
})

test('a kernel is told from the other by its recordings', () => {
  const recording = ownRecording('5.2.1/scenarios')
  const differing = recording.sequences.filter(s => replay(recording, s, 'K61').at >= 0)
  expect(differing.length).toBeGreaterThan(30)
})

describe('malformed recordings say file, place and remedy', () => {
  const head = '{"format":1,"kernel":"6.1.0","devices":{"nodes":[]},\n'
  test.each([
    ['{"format":1,', /x\.json: line 1, column 13.*JSON/],
    ['', /x\.json: line 1, column 1.*JSON/],
    ['[]', /x\.json: line 1, column 1, the text.*A recording is an object/],
    ['{\n "format":\n 2}', /x\.json: line 3, column 2, field "format".*put 1 there/],
    ['{"format":1}', /line 1, column 1, field "kernel".*Name the release/],
    ['{"format":1,"kernel":"6.1.0"}', /field "devices\.nodes".*List the device nodes/],
    ['{"format":1,"kernel":"6.1.0","devices":{"nodes":[\n{}]},"sequences":[]}', /line 2, column 1, devices\.nodes\[0\].*A node has driver/],
    [`${head}"sequences":7}`, /line 2, column 13, field "sequences".*List the sequences/],
    [`${head}"sequences":[\n{"ops":[]}]}`, /line 3, column 1, sequence 1\. Give it a "name"/],
    [`${head}"sequences":[\n{"name":"a"}]}`, /line 3, column 1, sequence 1 \(a\).*the lists "ops" and "results"/],
    [`${head}"sequences":[\n{"name":"a","ops":[{"op":"open"}],"results":[]}]}`, /line 3, column 1, sequence 1 \(a\).*1 op and 0 results/],
    [`${head}"sequences":[\n{"name":"a","ops":[{"op":"open"},{}],"results":[{"r":"ok"},{"r":"ok"}]}]}`, /line 3, column 34, sequence 1 \(a\), op 2\. Every op/],
    [`${head}"sequences":[\n{"name":"a","ops":[{"op":"open"}],"results":["\\"{,",{"r":"ok"}]}]}`, /1 op and 2 results/],
    [`${head}"sequences":[\n{"name":"a: {}","ops":[{"op":"open"}],"results":["x"]}]}`, /line 3, column 50, sequence 1 \(a: \{\}\), result 1\. Every result/],
  ])('%s', (text, message) => expect(() => readRecording('x.json', text)).toThrow(message))
})

test('loose fields are not compared, all others are', () => {
  expect(differences({ r: 'ok', v: 3 }, { r: 'ok', v: 4, loose: ['v'] })).toEqual([])
  expect(differences({ r: 'ok', vmas: [{ pgoff: 1, len: 2 }] }, { r: 'ok', vmas: [{ pgoff: 9, len: 2 }], loose: ['vmas.pgoff'] })).toEqual([])
  expect(differences({ r: 'ok', vmas: [{ pgoff: 1, len: 2 }] }, { r: 'ok', vmas: [{ pgoff: 9, len: 3 }], loose: ['vmas.pgoff'] })).toHaveLength(1)
  expect(differences(undefined, { r: 'ok' })).toEqual(['not modelled'])
})

/** What the command prints and answers for recordings given as objects. */
async function oracle(files: Readonly<Record<string, unknown>>, ...options: string[]): Promise<{ status: number; lines: string[]; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  const lines: string[] = []
  const spies = (['log', 'error'] as const).map(way => vi.spyOn(console, way).mockImplementation((...words: unknown[]) => void lines.push(...words.join(' ').split('\n'))))
  const status = await main([folder, ...options])
  spies.forEach(spy => spy.mockRestore())
  return { status, lines, folder }
}
const recorded = (name: string) => JSON.parse(ownText(name)) as { kernel: string; sequences: { name: string; ops: Record<string, unknown>[]; results: Record<string, unknown>[] }[] }

describe('the command', () => {
  test('says how far it is once a second when it takes longer, on stderr, and at the end how fast it was', async () => {
    const said: string[] = []
    const printed: string[] = []
    const spies = [vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line)), vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))]
    // Every look at the clock finds it 300 ms later: one look at the start, one after each sequence.
    let ms = 0
    const status = await main([join(OWN, '6.1.192', 'scenarios.json.gz')], { wall: () => (ms += 300), cpu: () => ms / 2 })
    spies.forEach(spy => spy.mockRestore())
    const { sequences } = recorded('6.1.192/scenarios')
    const all = sequences.reduce((sum, s) => sum + s.ops.length, 0)
    const upTo = (n: number): number => sequences.slice(0, n).reduce((sum, s) => sum + s.ops.length, 0)
    expect(status).toBe(0)
    expect(said.slice(0, 2)).toEqual([`  ${upTo(4)} of ${all} operations so far`, `  ${upTo(8)} of ${all} operations so far`])
    expect(said).toHaveLength(Math.floor(sequences.length / 4))
    expect(printed.filter(line => line.includes('a second'))).toEqual([expect.stringMatching(new RegExp(`^${all} operations in [\\d.]+ s \\(\\d+ a second\\), in [\\d.]+ s \\(\\d+ a second\\) of processor time`))])
  })
  test('says how many operations agree, last, and 0 when all do', async () => {
    const recording = recorded('6.1.192/scenarios')
    const count = recording.sequences.reduce((sum, s) => sum + s.ops.length, 0)
    const { status, lines } = await oracle({ 'a.json': recording })
    expect(status).toBe(0)
    expect(lines.at(-1)).toBe(`${count} of ${count} operations agree`)
    expect(lines.at(-3)).toMatch(/^\d+ operations in [\d.]+ s \(\d+ a second\), in [\d.]+ s \(\d+ a second\) of processor time on all threads(; the second half at \d+ a second)?$/)
  })
  test('one changed result: 1, with file, sequence, number of the operation and both answers; the rest of the sequence counts as different', async () => {
    const recording = recorded('6.1.192/scenarios')
    const sequence = recording.sequences.find(s => s.results.length > 5)!
    const was = sequence.results[3]!
    sequence.results[3] = { ...was, r: 'EXDEV' }
    const count = recording.sequences.reduce((sum, s) => sum + s.ops.length, 0)
    const { status, lines, folder } = await oracle({ 'changed.json': recording })
    expect(status).toBe(1)
    expect(lines.at(-1)).toBe(`${count - sequence.ops.length + 3} of ${count} operations agree`)
    const at = lines.findIndex(line => line.includes(`${folder}/changed.json ${sequence.name}, op 4 of ${sequence.ops.length} (ops[3])`))
    expect(at).toBeGreaterThan(0)
    expect(lines[at + 1]).toContain(`r: "${String(was.r)}", recorded "EXDEV"`)
    expect(lines[at + 2]).toContain(`recorded ${JSON.stringify(sequence.results[3])}`)
  })
  test('an operation without a model counts as different, and so does all that follows it', async () => {
    const recording = recorded('6.1.192/scenarios')
    const [sequence] = recording.sequences
    const { status, lines } = await oracle({ 'a.json': { ...recording, sequences: [{ name: 'strange', ops: [{ op: 'levitate' }, ...sequence!.ops], results: [{ r: 'ok' }, ...sequence!.results] }] } })
    expect(status).toBe(1)
    expect(lines.at(-1)).toBe(`0 of ${sequence!.ops.length + 1} operations agree`)
    expect(lines.join('\n')).toMatch(/strange, op 1 .*levitate.*\n.*not modelled/)
  })
  test('a release without a flavour is reported apart, and --kernel says which one to hold it against', async () => {
    const recording = recorded('6.12.117/differs-on-6.12')
    const count = recording.sequences.reduce((sum, s) => sum + s.ops.length, 0)
    const { status, lines } = await oracle({ 'differs-on-6.12.json': recording, 'a.json': recorded('6.1.192/scenarios') })
    expect(status).toBe(0)
    expect(lines.some(line => line.startsWith('Apart') && line.includes(`of ${count} operations`))).toBe(true)
    const held = await oracle({ 'differs-on-6.12.json': recording }, '--kernel', 'K61')
    expect(held.status).toBe(1)
    expect(held.lines.at(-1)).toMatch(new RegExp(`^\\d+ of ${count} operations agree$`))
  })
  test('what cannot be read is said with file, place and remedy, and answers 2', async () => {
    const { status, lines, folder } = await oracle({ 'bad.json': '{\n  "format": 1,\n  oops\n}' })
    expect(status).toBe(2)
    expect(lines.join(' ')).toMatch(new RegExp(`${folder}/bad.json: line 3, column 3.*JSON.*Save it again`))
    const wrong = await oracle({ 'a.json': recorded('6.1.192/scenarios') }, '--kernel', 'K99')
    expect(wrong.status).toBe(2)
    expect(wrong.lines.join(' ')).toMatch(/no kernel K99.*Choose one of K52/)
    for (const [words, said] of [[['--kernel'], /--kernel has no value.*K52/], [['--show', 'all'], /--show all is no number/], [['--shw', '3'], /no option --shw.*--show/]] as const) {
      const odd = await oracle({}, ...words)
      expect(odd.status).toBe(2)
      expect(odd.lines.join(' ')).toMatch(said)
    }
  })
  test('a folder without a recording is no agreement', async () => {
    const { status, lines, folder } = await oracle({ 'notes.txt': 'x' })
    expect(status).toBe(2)
    expect(lines).toEqual([`${folder}: there is no recording in this folder. A recording is a file that ends in .json or .json.gz.`])
  })
})
