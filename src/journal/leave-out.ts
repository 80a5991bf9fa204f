/**
 * Calls that a run may leave out: any line of a program by its key (`B.7`), and inside a library's function those system calls that give
 * nothing but success (`B.8:DMA_BUF_IOCTL_SYNC`), so that the library goes on as if they had never been written.
 */
import type { Journal } from './run.ts'
import { is } from './step.ts'

const GIVE_NOTHING = /^(DMA_BUF_IOCTL_SYNC|close|munmap|DRM_IOCTL_GEM_CLOSE|DRM_IOCTL_\w+_(WAIT_BO|GEM_WAIT|GEM_CPU_PREP|GEM_CPU_FINI))$/

/** `B.8:DMA_BUF_IOCTL_SYNC` as its line and the call inside it; null: the line itself. */
export function partsOf(key: string): { readonly line: string; readonly inner: string | null } {
  const [line, inner] = key.split(':') as [string, string | undefined]
  return { line, inner: inner ?? null }
}
export const innerKey = (line: string, inner: string): string => `${line}:${inner}`

/** What a system call is known by: an ioctl by its request. */
export const trapName = (name: string, text: string): string => (name === 'ioctl' ? /^ioctl\([^,]*, (\w+)/.exec(text)?.[1] ?? name : name)

export const mayLeaveOut = (inner: string): boolean => GIVE_NOTHING.test(inner)

/** System calls that a library makes in a line and that may be left out, those left out already among them. */
export function innerCalls(journal: Journal, line: string): readonly string[] {
  const found = new Set<string>()
  for (const step of journal.steps) {
    if (step.call !== line) continue
    // A line that is itself a system call has no library around it.
    if (is(step, 'trap.enter') && step.stack.length > 1) found.add(trapName(step.fields.name, step.fields.text))
    if (is(step, 'trap.skip')) found.add(step.fields.name)
  }
  return [...found].filter(mayLeaveOut)
}
