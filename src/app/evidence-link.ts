/** Links into the Evidence page, written and read. */

/** The keys of an address: `#evidence&file=6.1.192/scenarios&op=6`. */
export function keysOf(fragment: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const part of fragment.replace(/^#\/?/, '').split('&')) {
    const at = part.indexOf('=')
    if (at <= 0) continue
    try {
      found.set(part.slice(0, at), decodeURIComponent(part.slice(at + 1)))
    } catch {
      // A mail client cut the link in the middle of an escape.
      found.set(part.slice(0, at), part.slice(at + 1))
    }
  }
  return found
}

/** Opens a recorded sequence on the Evidence page. */
export function evidenceLink(file: string, sequence: string, op?: number): string {
  const plain = (text: string): string => encodeURIComponent(text).replace(/%2F/g, '/').replace(/%40/g, '@')
  return `#evidence&file=${plain(file)}&sequence=${plain(sequence)}${op === undefined ? '' : `&op=${op}`}`
}
