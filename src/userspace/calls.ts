/** Every call that a program can make: the one table for the checker, the machine, and an editor's completions. */
import type { Call } from './call.ts'

/** Without a prototype: a program may try to call anything. */
const shelf = Object.create(null) as Record<string, Call>
export const calls: Readonly<Record<string, Call>> = shelf
/** The page's worker comes with the calls of its first run and fetches the rest (worker/rest.ts). */
export function stockCalls(files: Readonly<Record<string, { readonly default: readonly Call[] }>>): void {
  for (const call of Object.values(files).flatMap(file => file.default)) shelf[call.name] = call
}
stockCalls(import.meta.env.SSR
  ? import.meta.glob<{ default: readonly Call[] }>(['./calls/*.ts', '!./calls/*.test.ts', '!./calls/_*.ts'], { eager: true })
  : import.meta.glob<{ default: readonly Call[] }>('./calls/{dma-buf,drm,files,hardware,libdrm,memory,panfrost}.ts', { eager: true }))

/** `mmap(length, prot, flags, fd, offset = 0)`: how a call is written. */
export function usage({ name, params }: Call): string {
  return `${name}(${params.map(p => (p.rest ? `${p.name}…` : p.absent === undefined ? p.name : `[${p.name}]`)).join(', ')})`
}
