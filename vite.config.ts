import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { witnesses } from './src/cli/witness-plugin.ts'

export default defineConfig({
  base: './',
  plugins: [react(), witnesses()],
  worker: { format: 'es' },
  build: { target: 'es2022' },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node', isolate: false, maxWorkers: '100%', testTimeout: 60_000 },
})
