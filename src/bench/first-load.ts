/**
 * What a visitor's browser fetches until the first step works: the page, its styles, its scripts with all they import at once, and the
 * worker. Fonts and panels come later. Sizes are those of brotli, as a server sends them.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

/** In bytes; kilo is 1000. */
export const FIRST_LOAD_LIMIT = 200_000

export interface Part { readonly file: string; readonly bytes: number; readonly brotli: number }

export const brotli = (data: Uint8Array): number => brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length } }).length

/** Files that a built file needs before it can run. */
function needs(file: string, text: string): string[] {
  if (file.endsWith('.html')) return [...text.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="(\.?\/?assets\/[^"]+)"/g)].map(([, to]) => posix.normalize(to!))
  if (!file.endsWith('.js')) return []
  const beside = (to: string): string => posix.join(posix.dirname(file), to)
  const imports = [...text.matchAll(/\b(?:import|from)\s*["'](\.\/[^"']+\.js)["']/g)].map(([, to]) => beside(to!))
  const workers = [...text.matchAll(/["'`](?:\.?\/)?(?:assets\/)?(first-worker-[\w-]+\.js)["'`]/g)].map(([, to]) => beside(to!))
  return [...imports, ...workers]
}

export function firstLoad(dist: string): Part[] {
  const found = new Map<string, Part>()
  const visit = (file: string): void => {
    if (found.has(file)) return
    const data = readFileSync(join(dist, file))
    found.set(file, { file, bytes: data.length, brotli: brotli(data) })
    for (const next of needs(file, data.toString('utf8'))) if (/\.(js|css)$/.test(next) && existsSync(join(dist, next))) visit(next)
  }
  visit('index.html')
  return [...found.values()]
}

export const total = (parts: readonly Part[]): number => parts.reduce((sum, { brotli: bytes }) => sum + bytes, 0)

/** The parts and their sum as text, and whether it fits. A page without scripts or worker was not read rightly, so it does not pass. */
export function report(dist: string): { readonly ok: boolean; readonly text: string } {
  const parts = firstLoad(dist)
  const sum = total(parts)
  const whole = ['.js', '.css'].every(ending => parts.some(({ file }) => file.endsWith(ending))) && parts.some(({ file }) => file.includes('first-worker-'))
  const lines = parts.map(({ file, bytes, brotli: small }) => `${file.padEnd(44)} ${String(bytes).padStart(8)} → ${String(small).padStart(7)} bytes`)
  return {
    ok: whole && sum <= FIRST_LOAD_LIMIT,
    text: [...lines, whole ? `First load ${(sum / 1000).toFixed(1)} kB of ${FIRST_LOAD_LIMIT / 1000} kB.` : 'The scripts or the worker of the page were not found.'].join('\n'),
  }
}
