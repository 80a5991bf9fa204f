/**
 * Gives the page its index of witnesses, packed, as one more file beside the recordings. It is made of the recordings and of the kernel as it
 * is now, so it is never stored; while neither has changed it is taken from where it was left.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runnerImport, type Plugin } from 'vite'
import type { main } from './witnesses.ts'

/** Where the page asks for it. */
export const FILE = 'recordings/witnesses.json.gz'
const ROOT = new URL('../..', import.meta.url).pathname
const MADE_OF = ['src/base', 'src/journal', 'src/world', 'src/hardware', 'src/kernel', 'src/recordings', 'src/cli/witnesses.ts', 'public/recordings']

/** A name for everything the index is made of. */
function stateOf(): string {
  const hash = createHash('sha256')
  const read = (path: string): void => void hash.update(path).update(readFileSync(join(ROOT, path)))
  for (const path of MADE_OF) {
    if (path.endsWith('.ts')) read(path)
    else readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' }).filter(name => /\.(ts|gz)$/.test(name) && !name.includes('.test.')).sort().forEach(name => read(`${path}/${name}`))
  }
  return hash.digest('hex').slice(0, 16)
}

/** Packed with gzip. */
export async function witnessIndex(): Promise<Uint8Array> {
  const folder = join(ROOT, 'node_modules/.cache/bufscope')
  const kept = join(folder, `witnesses-${stateOf()}.json.gz`)
  if (!existsSync(kept)) {
    const { module } = await runnerImport<{ main: typeof main }>(join(ROOT, 'src/cli/witnesses.ts'))
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    writeFileSync(kept, module.main())
  }
  return readFileSync(kept)
}

export function witnesses(): Plugin {
  return {
    name: 'bufscope:witnesses',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        if (!request.url?.split('?')[0]!.endsWith(`/${FILE}`)) return next()
        witnessIndex().then(bytes => response.setHeader('content-type', 'application/gzip').end(bytes), next)
      })
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: FILE, source: await witnessIndex() })
    },
  }
}
