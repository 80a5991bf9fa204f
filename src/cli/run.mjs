#!/usr/bin/env node
// Runs a command-line entry of this folder: `node src/cli/run.mjs NAME …`. The code is the same that the page runs.
import { runnerImport } from 'vite'

const [name, ...argv] = process.argv.slice(2)
const { module } = await runnerImport(new URL(`./${name}.ts`, import.meta.url).pathname)
process.exitCode = await module.main(argv)
