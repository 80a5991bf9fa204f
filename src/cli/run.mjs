#!/usr/bin/env node
// Runs a command-line entry of this folder: `node src/cli/run.mjs NAME …`. The code is the same that the page runs, and in one piece as there:
// module by module, every name that another file gives would be asked for at each use, which costs a sixth of the speed.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { build } from 'vite'

const [name, ...argv] = process.argv.slice(2)
const root = fileURLToPath(new URL('../..', import.meta.url))
// As deep below the root as this folder is: what an entry names relative to itself is found, and so are packages.
const outDir = mkdtempSync(join(root, 'node_modules', '.cli-'))
process.on('exit', () => rmSync(outDir, { recursive: true, force: true }))
// `emit` keeps nothing without a journal. What an event would say is then not even put together, which is a twentieth of a replay.
const untold = { name: 'untold', renderChunk: code => ({ code: code.replace(/(?<![\w.])((?:k\.)?world)\.emit\(/g, '$1.tells && $1.emit('), map: null }) }
const { NODE_ENV } = process.env
await build({
  root, logLevel: 'error', plugins: [untold],
  build: { ssr: fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), outDir, copyPublicDir: false, emptyOutDir: false, rolldownOptions: { output: { entryFileNames: 'entry.mjs' } } },
})
// A build says `production` to all that comes after it; the tests and servers that an entry starts must not hear that.
if (NODE_ENV === undefined) delete process.env.NODE_ENV
else process.env.NODE_ENV = NODE_ENV
// A replay is over within two seconds, of which V8 would spend a quarter on optimising functions that hardly run any more: they get plain
// machine code at once, and the optimiser takes only what is used most. V8 12 counts calls where older ones count bytes of code that ran.
if (name === 'oracle') {
  const rarely = Number.parseInt(process.versions.v8, 10) < 12 ? '--interrupt-budget=600000' : '--invocation-count-for-turbofan=12000'
  for (const flag of ['--max-inlined-bytecode-size-cumulative=200', '--always-sparkplug', rarely]) setFlagsFromString(flag)
}
const { main } = await import(pathToFileURL(join(outDir, 'entry.mjs')).href)
process.exitCode = await main(argv)
