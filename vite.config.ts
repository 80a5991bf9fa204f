import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { icons } from './src/cli/icon-plugin.ts'
import { offline } from './src/cli/offline-plugin.ts'
import { single } from './src/cli/single-plugin.ts'
import { witnesses } from './src/cli/witness-plugin.ts'

interface Graph { getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null }
/** One file for all that the page needs at once: in pieces it would be compressed in pieces, which costs more than two kilobytes of the first load. */
function together(entry: string) {
  const needed = new Set<string>()
  const need = (id: string, graph: Graph): void => {
    if (needed.has(id)) return
    needed.add(id)
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) need(next, graph)
  }
  const name = (id: string, graph: Graph): string | null => {
    if (needed.size === 0) need(`${import.meta.dirname}/src/${entry}`, graph)
    return needed.has(id) ? 'page' : null
  }
  return { codeSplitting: { groups: [{ name, debugName: 'page' }], includeDependenciesRecursively: false } }
}

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [icons(), react(), ...(mode === 'single' ? [single()] : [witnesses(), offline()])],
  worker: { format: 'es' },
  build: { target: 'es2022', modulePreload: { polyfill: false }, rolldownOptions: { output: together('main.tsx') } },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node', css: { include: [/\.css\?raw/] }, isolate: false, maxWorkers: '100%', testTimeout: 60_000 },
}))
