/** Names and numbers as the stage writes them: spelled as in the kernel, and no longer than there is room. */
import type { AnyRecord } from '../journal/snapshot.ts'
import { monoWidth } from './glyphs/text.tsx'

export const bytes = (size: number): string =>
  size % 1048576 === 0 && size > 0 ? `${size / 1048576} MiB` : size % 1024 === 0 ? `${size / 1024} KiB` : `${size} B`

export const hex = (value: number): string => `0x${value.toString(16)}`

/** The first that fits; the last is cut to fit by who draws it. */
export const firstThatFits = (texts: readonly string[], width: number, size: number): string => texts.find((text) => monoWidth(text, size) <= width) ?? texts.at(-1)!

/** `ioctl(3, DRM_IOCTL_PRIME_HANDLE_TO_FD, …)` without what every reader knows. */
export const shortCall = (text: string): string =>
  text.replace(/PROT_READ \| PROT_WRITE/, 'RW').replace(/PROT_/g, '').replace(/MAP_SHARED/, 'SHARED').replace(/MAP_PRIVATE/, 'PRIVATE').replace(/^mmap\(null, /i, 'mmap(').replace(/DRM_IOCTL_/g, '').replace(/\{ (.*) \}/, '{$1}')

/** What the pill says of a call that goes down: an ioctl is known by its request. */
export function callName(name: string, text: string): string {
  const request = name === 'ioctl' ? /^ioctl\([^,]*, (?:DRM_IOCTL_)?(\w+)/.exec(text)?.[1] : undefined
  return request ?? name
}

/** And of the answer: `{ fd: 4 }` is fd 4. */
export function answer(result: string, errno: string | null): string {
  if (errno) return `-${errno}`
  const first = /^\{ (\w+): ([^,}]*)/.exec(result)
  if (first) return first[1] === 'count' ? first[2]!.trim() : `${first[1]} ${first[2]!.trim()}`
  return result === '' ? 'ok' : result
}

/** `rw-s`, as in /proc/PID/maps. */
export function permissions(vma: AnyRecord): string {
  const flags = vma['flags'] as readonly string[]
  return `${flags.includes('rd') ? 'r' : '-'}${flags.includes('wr') ? 'w' : '-'}${flags.includes('ex') ? 'x' : '-'}${flags.includes('sh') ? 's' : 'p'}`
}
