/** Loads and stores of a process, with the words that tell them. The way through caches and page tables is the kernel's and the hardware's. */
import type { Kernel } from '../kernel/context.ts'
import { load, store, type Accessed } from '../kernel/fault.ts'
import { pixels } from '../userspace/pictures.ts'

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('')

/** How an access ended: what was read, or the signal that stopped it. */
export type Reached = { readonly text: string; readonly done: number } | { readonly signal: string; readonly code: string; readonly done: number }

function reached({ bytes, fault }: Accessed, text: string): Reached {
  if (fault === null) return { text, done: bytes.length }
  return typeof fault === 'string' ? { signal: 'killed', code: fault, done: bytes.length } : { ...fault, done: bytes.length }
}

export function loadBytes(k: Kernel, addr: number, count: number): Reached {
  const found = load(k, addr, Math.min(64, count))
  return reached(found, hexOf(found.bytes))
}

export function storeBytes(k: Kernel, addr: number, bytes: string): Reached {
  return reached(store(k, addr, Uint8Array.from(bytes.match(/../g) ?? [], h => Number.parseInt(h, 16))), '0')
}

/** Reads a range through one mapping, then writes it through another: memcpy, without the size of its steps. */
export function copyBytes(k: Kernel, to: number, from: number, count: number): Reached {
  const read = load(k, from, count)
  return read.fault === null ? reached(store(k, to, read.bytes), '0') : reached(read, '')
}

export function fillPicture(k: Kernel, addr: number, picture: string, size: number): Reached {
  return reached(store(k, addr, new Uint8Array(pixels(picture, size).buffer, 0, size)), '0')
}
