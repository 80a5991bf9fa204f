import { expect, test } from 'vitest'
import { ownRecording } from '../cli/recording-files.ts'
import { is } from '../journal/step.ts'
import { flavours } from '../kernel/flavours.ts'
import { readProgram } from '../userspace/program/check.ts'
import { parse } from '../userspace/program/parse.ts'
import { print } from '../userspace/program/print.ts'
import { base } from './base.ts'
import { boot } from './boot.ts'
import { linesOf, recordingToText, type RecordedOp } from './recording.ts'
import { Replayer } from '../recordings/ops.ts'
import { readRecording } from '../recordings/read.ts'
import { flavourOf } from '../recordings/releases.ts'
import { devicesOf } from '../recordings/replay.ts'
import { simpleHardware } from '../recordings/simple-hardware.ts'
import { bootKernel } from '../kernel/boot.ts'
import { World } from '../world/world.ts'

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

for (const release of ['6.1.192', '5.2.1', '5.2.1-patched']) {
  test(`sequences of ${release} as programs answer as recorded, and print as they were read`, () => {
    const recording = ownRecording(`${release}/scenarios`)
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

/** Every operation of the recordings' format, once: files and processes, DRM, memory, dma-buf, and what recordings of 2019 add. */
const EVERY: readonly RecordedOp[] = [
  { op: 'open', dev: 'vgem', as: 'f' }, { op: 'open', dev: 'udmabuf', as: 'u' }, { op: 'dup', fd: 'f', as: 'f2' }, { op: 'reopen', fd: 'f', as: 'f3' }, { op: 'getfl', fd: 'f' }, { op: 'setfl', fd: 'f', flags: 'NONBLOCK' },
  { op: 'getfd', fd: 'f' }, { op: 'setfd', fd: 'f', flags: 'CLOEXEC' }, { op: 'fstat', fd: 'f' }, { op: 'fdinfo', fd: 'f' }, { op: 'kcmp', fd: 'f', fd2: 'f2' }, { op: 'poll', fd: 'f', events: 'IN' }, { op: 'ioctl', fd: 'f', req: 1074291200 },
  { op: 'create', fd: 'f', width: 64, height: 16, bpp: 32, as: 'h' }, { op: 'map_dumb', fd: 'f', h: 'h', as: 'o' }, { op: 'get_cap', fd: 'f', cap: 'PRIME' }, { op: 'flink', fd: 'f', h: 'h', as: 'g' }, { op: 'gem_open', fd: 'f', g: 'g', as: 'h2' },
  { op: 'gem_names', dev: 'vgem' }, { op: 'fb_info', dev: 'vkms' }, { op: 'export', fd: 'f', h: 'h', flags: 'RDWR', as: 'd' }, { op: 'import', fd: 'f', d: 'd', as: 'h3' }, { op: 'addfb', fd: 'f', h: 'h', width: 64, height: 16, as: 'b' }, { op: 'rmfb', fd: 'f', fb: 'b' },
  { op: 'fence_attach', fd: 'f', h: 'h', flags: 'WRITE', as: 'e' }, { op: 'fence_signal', fd: 'f', fence: 'e' },
  { op: 'mmap', fd: 'f', size: 4096, prot: 'RW', flags: 'SHARED', off: 'o', as: 'm' }, { op: 'store', m: 'm', off: 4, bytes: 'a5' }, { op: 'load', m: 'm', off: 4, n: 1 }, { op: 'mprotect', m: 'm', prot: 'R' }, { op: 'madvise', m: 'm', advice: 'NORMAL' },
  { op: 'msync', m: 'm' }, { op: 'maps', m: 'm' }, { op: 'mremap', m: 'm', old: 4096, new: 4096, flags: 'MOVE', as: 'm' }, { op: 'munmap', m: 'm' },
  { op: 'sync', fd: 'd', flags: 'READ|START' }, { op: 'set_name', fd: 'd', name: 'x' }, { op: 'export_sync', fd: 'd', flags: 'READ', as: 's' }, { op: 'import_sync', fd: 'd', flags: 'READ', s: 's' }, { op: 'sync_info', fd: 's' }, { op: 'bufinfo' },
  { op: 'memfd', size: 8192, as: 'q' }, { op: 'fallocate', fd: 'q', mode: 'PUNCH_HOLE', size: 4096 }, { op: 'fallocate', fd: 'q', size: 4096 }, { op: 'fallocate', fd: 'd', size: 4096 }, { op: 'ftruncate', fd: 'q', size: 4096 }, { op: 'seal', fd: 'q', seals: 'SHRINK' },
  { op: 'get_seals', fd: 'q' }, { op: 'write', fd: 'q', bytes: '00ff' }, { op: 'lseek', fd: 'q', off: 0, whence: 'SET' }, { op: 'read', fd: 'q', n: 2 }, { op: 'udmabuf', fd: 'u', memfd: 'q', off: 0, size: 4096, as: 'd2' }, { op: 'open', dev: 'heap', as: 'x' },
  { op: 'heap_alloc', fd: 'x', len: 4096, as: 'd3' }, { op: 'gem_close', fd: 'f', h: 'h2' }, { op: 'destroy', fd: 'f', h: 'h' }, { op: 'noop' }, { op: 'spawn', as: 'p2' }, { op: 'pass', fd: 'd', to: 'p2', as: 'd4' }, { op: 'setuid', p: 'p2', uid: 1000 },
  { op: 'fork', p: 'p2', as: 'p3' }, { op: 'exit', p: 'p2' }, { op: 'close', fd: 'f' },
]
const NODES = [{ driver: 'vgem', node: 'card', minor: 0 }, { driver: 'vgem', node: 'render', minor: 128 }, { driver: 'vkms', node: 'card', minor: 1 }]

test('every operation of the format is a line of a program, and both ways to run it answer alike', () => {
  expect(new Set(EVERY.map(({ op }) => op)).size).toBe(59)
  for (const op of EVERY) expect(linesOf(op, dev => `/dev/${dev}`), op.op).not.toBeNull()
  for (const kernel of ['6.1.192', '5.2.1', '5.2.1 with the patch']) {
    const recording = readRecording('x.json', JSON.stringify({ format: 1, kernel, devices: { nodes: NODES }, sequences: [] }))
    const booted = (world => bootKernel(world, simpleHardware(world), flavours[flavourOf(kernel)!]!, devicesOf(NODES)))(new World({ history: 'none' }))
    const replayer = new Replayer(booted, NODES)
    const direct = EVERY.map(op => replayer.run(op)?.r)
    expect(direct.filter(r => r === undefined)).toEqual([])
    expect(answersOf(EVERY, recording).map(({ r }) => r), kernel).toEqual(direct)
  }
})
