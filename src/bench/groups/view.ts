/**
 * From a key to the end of the main thread's work for it: the time that the thread is busy with everything the key brings about
 * (handlers, rendering, style, layout, paint, what is put off to later), without the time in which it waits for the display and without what reading the
 * counter takes by itself. A step's time is the median of its goes, and of all steps the 95th of a hundred counts: what another program of the
 * machine, or a collection of garbage, happens to add to one go is told beside it, with every press.
 */
import type { CDPSession, Page } from '@playwright/test'
import type { Group } from '../bench.ts'
import { context, limited, median, quantile, type Row } from '../measure.ts'
import { ready, serve } from '../page.ts'

/** Milliseconds at p95, two benches at 1920 × 1080. */
const LIMIT_MS = 16
const KEYS = 50
/** Goes at every step that count. */
const ROUNDS = 5
const READINGS = 15
/** Presses of a key that does nothing, each round. */
const IDLE = 20
/** Long enough for everything that a step puts off. */
const SETTLE_MS = 60

/** Milliseconds in which the main thread has been busy since the page began. */
async function busy(session: CDPSession): Promise<number> {
  return (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
}

/** The work for each of some presses of a key; null: for pressing none, which is what two readings of the counter take by themselves. */
async function press(page: Page, session: CDPSession, key: string | null, count: number): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const before = await busy(session)
    if (key !== null) await page.keyboard.press(key)
    await page.waitForTimeout(SETTLE_MS)
    times.push((await busy(session)) - before)
  }
  return times
}

/** Work of each frame while a step's motion plays, in milliseconds. */
async function motion(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const frames: number[] = []
    for (let n = 0; n < 12; n++) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))
      const end = performance.now() + 450
      while (performance.now() < end) {
        await new Promise<void>(go => requestAnimationFrame(() => {
          const begun = performance.now()
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => { port1.close(); frames.push(performance.now() - begun); go() }
          port2.postMessage(null)
        }))
      }
    }
    return frames
  })
}

export default {
  id: 'view', title: 'from a key to the end of the work for it',
  async measure({ browser, build }): Promise<readonly Row[]> {
    if (browser === null) return [{ ...context('view.key', 'key to main-thread work done, p95', 'ms', [0]), checks: 'skipped (no browser)' }]
    return serve(build(), browser, async (page, url) => {
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await page.goto(url)
      const count = Math.min(KEYS, await ready(page))
      const session = await page.context().newCDPSession(page)
      await session.send('Performance.enable', { timeDomain: 'timeTicks' })
      const goes: number[][] = []
      const empties: number[] = []
      // The first round warms the code up, as a reader's first steps do.
      for (let round = 0; round <= ROUNDS; round++) {
        const read = median(await press(page, session, null, READINGS))
        const keys = async (key: string, times: number): Promise<number[]> => (await press(page, session, key, times)).map((time) => time - read)
        const steps = [...await keys('ArrowRight', count), ...await keys('ArrowLeft', count)]
        const idle = await keys('F9', IDLE)
        if (round === 0) continue
        goes.push(steps)
        empties.push(quantile(idle, 0.95))
      }
      await page.emulateMedia({ reducedMotion: 'no-preference' })
      await page.keyboard.press('Home')
      const frames = await motion(page)
      const steps = goes[0]!.map((_, step) => median(goes.map((each) => each[step]!)))
      return [
        limited('view.key', 'key to main-thread work done, p95 of all steps there and back, two benches at 1920×1080', 'ms', [quantile(steps, 0.95)], LIMIT_MS),
        context('view.key.median', 'the same, median', 'ms', [median(steps)]),
        context('view.key.press', 'every press by itself, p95 of each round', 'ms', goes.map((each) => quantile(each, 0.95))),
        context('view.key.empty', 'a key that does nothing, p95', 'ms', empties),
        context('view.frame', 'one frame while a step moves, p99', 'ms', [quantile(frames, 0.99)]),
      ]
    })
  },
} satisfies Group
