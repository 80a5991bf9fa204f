/** Loads and stores of a process, with the words that tell them. The way through caches and page tables is the kernel's and the hardware's. */
import type { Kernel } from '../kernel/context.ts'
import { load, store, type Accessed } from '../kernel/fault.ts'
import { pixels } from '../userspace/pictures.ts'

const hexOf = (bytes: readonly number[]): string => bytes.map(b => b.toString(16).padStart(2, '0')).join('')

/** How an access ended: what was read, or the signal that stopped it. */
export type Reached = { readonly text: string; readonly done: number } | { readonly signal: string; readonly code: string; readonly done: number }

function reached({ bytes, fault }: Accessed, text: string): Reached {
  if (fault === null) return { text, done: bytes.length }
  return fault === 'BUG' ? { signal: 'killed', code: 'BUG', done: bytes.length } : { ...fault, done: bytes.length }
}

export function loadBytes(k: Kernel, addr: number, count: number): Reached {
  const found = load(k, addr, Math.min(64, count))
  return reached(found, hexOf(found.bytes))
}

export function storeBytes(k: Kernel, addr: number, bytes: string): Reached {
  return reached(store(k, addr, (bytes.match(/../g) ?? []).map(h => Number.parseInt(h, 16))), '0')
}

export function fillPicture(k: Kernel, addr: number, picture: string, size: number): Reached {
  const words = pixels(picture, size)
  const bytes = new Uint8Array(words.buffer.slice(0, size))
  return reached(store(k, addr, [...bytes]), '0')
}
