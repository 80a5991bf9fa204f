/** Bytes until the first step works, against the limit, and scripts against a page that has our packages and nothing of ours. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import type { Group } from '../bench.ts'
import { brotli, firstLoad, FIRST_LOAD_LIMIT, total } from '../first-load.ts'
import { against, limited } from '../measure.ts'
import { requestedFiles, serve } from '../page.ts'

/** React, zustand and the parts of d3 that are installed: what every page like ours pays before it does anything. */
async function stackFloor(): Promise<number> {
  const folder = join('bench', 'floor')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  const parts = Object.keys(dependencies).filter(name => name.startsWith('d3-'))
  writeFileSync(join(folder, 'floor.js'), `
    import { createElement } from 'react'
    import { createRoot } from 'react-dom/client'
    import { create } from 'zustand'
    ${parts.map((name, i) => `import * as d3_${i} from '${name}'`).join('\n')}
    const use = create(() => ({ n: 0 }))
    globalThis.floor = [${parts.map((_, i) => `d3_${i}`).join(', ')}]
    const Page = () => createElement('p', null, use(s => s.n))
    createRoot(document.body).render(createElement(Page))
  `)
  await build({ configFile: false, logLevel: 'error', mode: 'production', root: folder, build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', rolldownOptions: { input: join(folder, 'floor.js') } }, define: { 'process.env.NODE_ENV': '"production"' } })
  const assets = join(folder, 'dist', 'assets')
  return readdirSync(assets).filter(name => name.endsWith('.js')).reduce((sum, name) => sum + brotli(readFileSync(join(assets, name))), 0)
}

export default {
  id: 'load', title: 'bytes until the first step works',
  async measure({ browser, build: built }) {
    const dist = built()
    const parts = firstLoad(dist)
    const sum = total(parts)
    const rows = [limited('load.first', 'page, styles, scripts and worker, brotli', 'bytes', [sum], FIRST_LOAD_LIMIT)]
    const scripts = parts.filter(({ file }) => file.endsWith('.js')).reduce((bytes, part) => bytes + part.brotli, 0)
    rows.push(against('load.js', 'scripts before the first step, brotli', 'bytes', 'stack floor: React, zustand, d3 parts', { product: [scripts], peer: [await stackFloor()] }, { floor: 3, goal: 2, moonshot: 1.5 }))
    if (browser === null) return [...rows, { ...limited('load.seen', '', 'bytes', [0], FIRST_LOAD_LIMIT), level: 'context' as const, checks: 'skipped (no browser)' }]
    const seen = await serve(dist, browser, requestedFiles)
    const missed = seen.filter(file => !parts.some(part => part.file === file))
    const bytes = seen.reduce((all, file) => all + brotli(readFileSync(join(dist, file))), 0)
    rows.push(limited('load.seen', 'what a browser really asked for until the first step worked', 'bytes', [bytes], FIRST_LOAD_LIMIT, missed.length === 0 ? 'ok' : `not foreseen: ${missed.join(', ')}`))
    return rows
  },
} satisfies Group
