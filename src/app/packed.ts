/** Files of the page that lie packed with gzip beside it. */
import { fill } from '../base/fill.ts'
import { SENTENCES } from './sentences-later.ts'

/** Why a file could not be had, with what to do about it. */
class Unfetched extends Error {}

/** The text of packed or plain bytes: some servers unpack what they serve, and a visitor's own file may be either. */
export async function textOf(bytes: ArrayBuffer): Promise<string> {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength))
  if (first !== 0x1f || second !== 0x8b) return new TextDecoder().decode(bytes)
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
}

/** What the page holds itself when it is one file: packed bytes in an element with the path for its name. */
function heldBytes(path: string): ArrayBuffer | null {
  const held = document.getElementById(path)?.textContent
  return held ? Uint8Array.from(atob(held), (byte) => byte.charCodeAt(0)).buffer : null
}

export async function fetchText(path: string, signal?: AbortSignal): Promise<string> {
  const held = heldBytes(path)
  if (held) return textOf(held)
  let response: Response
  try {
    response = await fetch(new URL(path, document.baseURI), signal ? { signal } : {})
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unfetched(fill(SENTENCES.notFetched, { path }))
  }
  if (!response.ok) throw new Unfetched(fill(SENTENCES.notServed, { path, status: response.status }))
  try {
    return await textOf(await response.arrayBuffer())
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unfetched(fill(SENTENCES.inPieces, { path }))
  }
}
