import { expect, test } from 'vitest'
import { evaluate } from './arguments.ts'
import type { JobPart } from './call.ts'
import { calls } from './calls.ts'
import { callsOf, processesOf } from './program/ast.ts'
import { readProgram } from './program/check.ts'

/** The parts of a job, with `va` at 0x2000000. */
function parts(text: string): readonly JobPart[] {
  const { program } = readProgram(`process a {\n  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(3, 1)\n  DRM_IOCTL_PANFROST_SUBMIT(3, ${text})\n}\n`)
  const [, submit] = callsOf(processesOf(program)[0]!)
  const found = evaluate(calls[submit!.call]!, submit!.args, (name) => (name === 'va' ? { value: 0x2000000, length: 0, obj: null, ok: true } : undefined), {})
  return (found as unknown as { args: { parts: readonly JobPart[] } }).args.parts
}

test('a part of a job begins where it is written to begin', () => {
  expect(parts('write(va, 2048, day), write(va + 2048, 2048, day), read(va + 64, 128), read(33554432, 64)').map(({ op, va, size }) => [op, va, size])).toEqual([
    ['write', 0x2000000, 2048], ['write', 0x2000800, 2048], ['read', 0x2000040, 128], ['read', 0x2000000, 64],
  ])
})
