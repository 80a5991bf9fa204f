/**
 * `vite build --mode single`: the page as one file, dist/bufscope.html, that runs where it lies, without server or network. The whole worker
 * is a text in it and starts at once, since a script out of a blob can fetch no other; recordings lie packed in elements named by their paths.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, UserConfig } from 'vite'
import { FILE as WITNESSES, witnessIndex } from './witness-plugin.ts'

const NAME = 'bufscope.html'
const STARTS = 'new Worker(new URL(\'./first-worker.ts\', import.meta.url), { type: \'module\', name: \'bufscope machine\' })'

/** An HTML parser ends a script at its closing tag and reads on oddly after the start of a comment, also inside strings. */
export const safeScript = (code: string): string => code.replace(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '\\x3C!--')

/** Replaces what is there exactly once; what is not means that the page is no longer put together as this file thinks. */
export function putInto(html: string, place: RegExp, text: string): string {
  const times = [...html.matchAll(new RegExp(place, 'g'))].length
  if (times !== 1) throw new Error(`${place} is ${times} times in index.html, not once. Change src/cli/single-plugin.ts with it.`)
  return html.replace(place, () => text)
}

const held = (path: string, bytes: Uint8Array): string => `<script type="text/plain" id="${path}">${Buffer.from(bytes).toString('base64')}</script>`

/** The list of recordings, each of them, and the index of witnesses. */
async function recordings(publicDir: string): Promise<string> {
  const paths = readdirSync(join(publicDir, 'recordings'), { recursive: true, encoding: 'utf8' }).filter(name => /\.(json|gz)$/.test(name)).map(name => `recordings/${name.replaceAll('\\', '/')}`).sort()
  return [...paths.map(path => held(path, readFileSync(join(publicDir, path)))), held(WITNESSES, await witnessIndex())].join('\n')
}

/** Nothing is a file of its own. */
const TOGETHER: UserConfig = {
  build: { emptyOutDir: false, copyPublicDir: false, cssCodeSplit: false, assetsInlineLimit: () => true, modulePreload: false, rolldownOptions: { output: { codeSplitting: false } } },
  // A worker that is a module may not come out of a blob in a page without an origin, as one in a file is.
  worker: { format: 'iife', rolldownOptions: { output: { codeSplitting: false } } },
}

export function single(): Plugin {
  let publicDir = ''
  return {
    name: 'bufscope:single',
    enforce: 'pre',
    config: () => TOGETHER,
    configResolved(config) { ({ publicDir } = config) },
    transform: {
      filter: { id: /src\/worker\/client\.ts$/ },
      handler(code) {
        if (!code.includes(STARTS)) throw new Error('client.ts no longer starts its worker as src/cli/single-plugin.ts thinks. Change both.')
        return `import Whole from './worker.ts?worker&inline'\n${code.replace(STARTS, 'new Whole({ name: \'bufscope machine\' })')}`
      },
    },
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        let [html, script, style] = ['', '', '']
        for (const [name, piece] of Object.entries(bundle)) {
          if (piece.type === 'chunk') script += piece.code
          else if (name.endsWith('.html')) html = String(piece.source)
          else if (name.endsWith('.css')) style += String(piece.source)
          else throw new Error(`${name} is a file beside the one.`)
          delete bundle[name]
        }
        html = putInto(html, /<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`)
        html = putInto(html, /<script type="module"[^>]*src=[^>]*><\/script>/, '')
        html = putInto(html, /\.\/icon\.png/, `data:image/png;base64,${readFileSync(join(publicDir, 'icon.png'), 'base64')}`)
        html = putInto(html, /<\/body>/, `${await recordings(publicDir)}\n<script type="module">${safeScript(script)}</script>\n</body>`)
        this.emitFile({ type: 'asset', fileName: NAME, source: html })
      },
    },
  }
}
