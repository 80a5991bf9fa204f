/** Pictures to look at, no tests: `npx vite build && npx playwright test -c e2e/shots.config.ts`, then open shots/. */
import { defineConfig } from '@playwright/test'
import journeys from './playwright.config.ts'

export default defineConfig(journeys, { testMatch: 'shots.ts', timeout: 300_000 })
