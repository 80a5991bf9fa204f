import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { devicesOf, flavourOf, readRecording } from '../cli/oracle.ts'
import { is } from '../journal/step.ts'
import { flavours } from '../kernel/flavours.ts'
import { readProgram } from '../userspace/program/check.ts'
import { parse } from '../userspace/program/parse.ts'
import { print } from '../userspace/program/print.ts'
import { base } from './base.ts'
import { boot } from './boot.ts'
import { recordingToText, type RecordedOp } from './recording.ts'

interface Answer { readonly r: string; readonly v: number | null }
const NUMBERED = new Set(['open', 'dup', 'reopen', 'create', 'map_dumb', 'export', 'import', 'flink', 'gem_open', 'addfb', 'fence_attach', 'pass', 'memfd', 'udmabuf', 'heap_alloc'])

/** Runs a sequence as a program: what every operation answered. */
function answersOf(ops: readonly RecordedOp[], recording: ReturnType<typeof readRecording>): Answer[] {
  const { text, lines } = recordingToText(ops, recording.nodes)
  const { program, mistakes } = readProgram(text)
  expect(mistakes.map(m => `${m.at.line}:${m.at.column} ${m.message} ${m.remedy}`)).toEqual([])
  const run = boot({ ...base, kernel: flavours[flavourOf(recording.kernel)!]!, devices: devicesOf(recording.nodes).map(d => ({ ...d, role: '' as const })) }, program)
  while (run.tick(() => 0));
  const found = new Map<string, Answer>()
  for (const step of run.world.steps) {
    if (is(step, 'call.leave')) found.set(step.call, { r: step.fields.errno ?? 'ok', v: step.fields.errno === null ? Number(step.fields.result) : null })
    if (is(step, 'line.skip')) found.set(step.call, { r: 'skip', v: null })
  }
  return lines.map((parts, i) => {
    const answers = parts.map(({ process, index }) => found.get(`${process}.${index + 1}`) ?? { r: 'missing', v: null })
    const deciding = answers.length === 1 || ops[i]!.op === 'memfd' ? answers[0]! : answers[0]!.r === 'ok' ? answers[1]! : answers[0]!
    return deciding
  })
}

for (const file of ['6.1.json', '5.2.json', 'rfc.json']) {
  test(`sequences of ${file} as programs answer as recorded, and print as they were read`, () => {
    const name = `src/cli/recordings/${file}`
    const recording = readRecording(name, readFileSync(name, 'utf8'))
    let compared = 0
    for (const sequence of recording.sequences) {
      const { text } = recordingToText(sequence.ops, recording.nodes)
      expect(print(parse(text).program)).toBe(text)
      const answers = answersOf(sequence.ops, recording)
      sequence.results.forEach((result, i) => {
        const want = { r: result.r, v: NUMBERED.has(sequence.ops[i]!.op) && result.r === 'ok' && !(result.loose as string[] | undefined)?.includes('v') ? result.v : undefined }
        const got = { r: answers[i]!.r, v: want.v === undefined ? undefined : answers[i]!.v }
        expect({ at: `${sequence.name} ${i + 1} ${JSON.stringify(sequence.ops[i])}`, ...got }).toEqual({ at: `${sequence.name} ${i + 1} ${JSON.stringify(sequence.ops[i])}`, ...want })
        compared++
      })
    }
    expect(compared).toBeGreaterThan(100)
  })
}
