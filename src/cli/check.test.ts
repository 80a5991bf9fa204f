/** The closing line adds up what the runners counted, and no browser found is a clear answer. */
import { expect, test } from 'vitest'
import { findBrowser } from './browser.ts'
import { closing, main, playwrightCounts, vitestCounts } from './check.ts'

test('the closing line counts both runners', () => {
  const units = vitestCounts('{"numTotalTests":12,"numPassedTests":9,"numFailedTests":2,"numPendingTests":1}')
  const journeys = playwrightCounts('{"stats":{"expected":4,"unexpected":1,"flaky":1,"skipped":2}}')
  expect(closing([null, units, journeys])).toBe('14 passed, 3 failed, 3 skipped')
  expect(closing([{ passed: 3, failed: 0, skipped: 0 }])).toBe('3 passed, 0 failed')
})

test('a browser that was asked for and does not run is not replaced by another', async () => {
  expect(await findBrowser({ CHROME_PATH: '/no/such/browser' })).toBeNull()
})

test('an option that it does not know is told, and nothing is run', async () => {
  expect(await main(['--quik'])).toBe(2)
})
