/** Builds src/app/offline-worker.ts as dist/sw.js and tells it which files the build has, each with what it must be when it is fetched. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const NAME = 'sw.js'
/** Nothing in the page asks for these: what is there for readers of the repository, and the page as one file. */
const NOT_ASKED = /\.md$|^stage\.png$|^bufscope\.html$/

export type Entry = readonly [path: string, integrity: string | null]

const sha = (bytes: string | Uint8Array, form: 'base64' | 'hex'): string => createHash('sha256').update(bytes).digest(form)

/** The files of a folder that the page may ask for, by path; the page itself is `./`, since servers may send `index.html` elsewhere. */
export function entries(folder: string): readonly Entry[] {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1).replaceAll('\\', '/')).filter(path => path !== NAME && !NOT_ASKED.test(path)).sort()
  return paths.map(path => [path === 'index.html' ? './' : path, path.endsWith('.gz') ? null : `sha256-${sha(readFileSync(join(folder, path)), 'base64')}`])
}

/** One name for all that the files hold, packed ones too. */
function versionOf(folder: string, files: readonly Entry[]): string {
  return sha(files.map(([path]) => `${path} ${sha(readFileSync(join(folder, path === './' ? 'index.html' : path)), 'hex')}`).join('\n'), 'hex').slice(0, 12)
}

/** The first line of the script: which build this is, and what belongs to it. */
export function header(folder: string): string {
  const files = entries(folder)
  return `const VERSION=${JSON.stringify(versionOf(folder, files))},FILES=${JSON.stringify(files)};\n`
}

export function offline(): Plugin {
  return {
    name: 'bufscope:offline',
    apply: ({ build }, { command }) => command === 'build' && !build?.ssr,
    buildStart() {
      this.emitFile({ type: 'chunk', id: join(import.meta.dirname, '../app/offline-worker.ts'), fileName: NAME })
    },
    writeBundle({ dir }) {
      const script = join(dir!, NAME)
      writeFileSync(script, header(dir!) + readFileSync(script, 'utf8'))
    },
  }
}
