/** Every call that a program can make: the one table for the checker, the machine, and an editor's completions. */
import type { Call } from './call.ts'

const files = import.meta.glob<{ default: readonly Call[] }>(['./calls/*.ts', '!./calls/*.test.ts', '!./calls/_*.ts'], { eager: true })
/** Without a prototype: a program may try to call anything. */
export const calls: Readonly<Record<string, Call>> = Object.assign(Object.create(null) as Record<string, Call>, Object.fromEntries(Object.values(files).flatMap(file => file.default.map(call => [call.name, call]))))

/** `mmap(length, prot, flags, fd, offset = 0)`: how a call is written. */
export function usage({ name, params }: Call): string {
  return `${name}(${params.map(p => (p.rest ? `${p.name}…` : p.absent === undefined ? p.name : `[${p.name}]`)).join(', ')})`
}

/** What can be done in a GPU job. */
export const JOB_PARTS: Readonly<Record<string, string>> = { read: 'read(bo), read(address, size)', write: 'write(bo, picture), write(address, size, picture)', uses: 'uses(handle)' }
