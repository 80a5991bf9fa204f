/**
 * An edited program in a link: what of the scenario's own text stays at its start and end, and what stands between.
 * One byte changed in a long program is a short link; the text itself would not fit in a mail.
 */
import type { Recipe } from '../journal/run.ts'

/** Each scenario's own program, by id. */
export type Texts = Readonly<Record<string, string>>

/** Before an edit that waits for its scenario's text. */
export const MARK = '\u0000edit:'

/** `120.88.Zm9v`: 120 characters, then `foo`, then the last 88 characters. null: not edited. */
export function editOf({ program, scenario }: Recipe, texts: Texts): string | null {
  if (program === undefined) return null
  // A link that was never opened is handed on as it came.
  if (program.startsWith(MARK)) return program.slice(MARK.length)
  const own = texts[scenario] ?? ''
  const most = Math.min(own.length, program.length)
  let start = 0
  while (start < most && own[start] === program[start]) start++
  let end = 0
  while (end < most - start && own[own.length - 1 - end] === program[program.length - 1 - end]) end++
  return `${start}.${end}.${pack(program.slice(start, program.length - end))}`
}

/** The program again; null: the link is damaged, or made for another text. */
export function applyEdit(edit: string, own: string): string | null {
  const found = /^(\d+)\.(\d+)\.([\w-]*)$/.exec(edit)
  if (!found) return null
  const [start, end] = [Number(found[1]), Number(found[2])]
  const middle = unpack(found[3]!)
  if (middle === null || start + end > own.length) return null
  return own.slice(0, start) + middle + own.slice(own.length - end)
}

/** base64url of UTF-8: no sign that a mail client breaks. */
function pack(text: string): string {
  const bytes = new TextEncoder().encode(text)
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}
function unpack(text: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
