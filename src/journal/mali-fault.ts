/**
 * AS_FAULTSTATUS of a Mali GPU, read field by field.
 * Mirrors: panfrost_regs.h and the lists of exceptions of the kernel drivers. Leaves out: what stands behind a source's number, which differs from chip to chip.
 */
import { fill } from '../base/fill.ts'

const NO_ENTRY = 'no entry at level {level}'
const BUS_ERROR = 'a bus error while level {level} was read'
/** Translation faults count levels from 0xC1 on, bus faults of a walk from 0xD1 on. */
const EXCEPTIONS: readonly (readonly [first: number, last: number, name: (level: number) => string])[] = [
  [0x88, 0x88, () => 'one line is used shareable and non-shareable'],
  [0xc1, 0xc4, level => (level === 0 ? 'no table at level 0' : fill(NO_ENTRY, { level }))],
  [0xc8, 0xc8, () => 'an access that the entry does not allow'],
  [0xd1, 0xd4, level => fill(BUS_ERROR, { level })],
  [0xd8, 0xd8, () => 'an entry whose access flag is not set'],
  [0xe0, 0xe0, () => 'an address that is too large'],
  [0xe8, 0xe8, () => 'memory attributes that the GPU does not know'],
]
const ACCESSES = ['an atomic access', 'execution', 'a read', 'a write'] as const

export interface MaliFault {
  readonly type: number
  readonly what: string
  readonly access: (typeof ACCESSES)[number]
  /** The bus answered with an error, not the tables. */
  readonly decoder: boolean
  /** Which unit of the GPU asked. */
  readonly source: number
}

export function decodeFault(status: number): MaliFault {
  const type = status & 0xff
  const known = EXCEPTIONS.find(([first, last]) => type >= first && type <= last)
  return { type, what: known ? known[2](type - known[0]) : 'an unknown exception', access: ACCESSES[(status >>> 8) & 3]!, decoder: ((status >>> 10) & 1) === 1, source: status >>> 16 }
}

/** A fault that a heap can grow by. */
export const isTranslationFault = (status: number): boolean => (status & 0xff) >= 0xc0 && (status & 0xff) <= 0xc7
