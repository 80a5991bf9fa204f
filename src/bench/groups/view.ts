/**
 * From a key to the end of the main thread's work for it: the handlers and what they render at once, then the frame that shows it
 * (its callbacks, style, layout and paint), without the time in between in which the thread waits for the display.
 */
import type { Page } from '@playwright/test'
import type { Group } from '../bench.ts'
import { context, limited, median, quantile, type Row } from '../measure.ts'
import { ready, serve } from '../page.ts'

/** Milliseconds at p95, two benches at 1920 × 1080. */
const LIMIT_MS = 16
const KEYS = 60
const ROUNDS = 3

/** Runs in the page: presses of a key are timed from their first listener to the task after their frame. */
function watch(): void {
  const samples: number[] = []
  Object.assign(window, { samples })
  const after = (then: () => void): void => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => { port1.close(); then() }
    port2.postMessage(null)
  }
  addEventListener('keydown', () => {
    const pressed = performance.now()
    let handled = 0
    after(() => { handled = performance.now() - pressed })
    requestAnimationFrame(() => {
      const frame = performance.now()
      after(() => samples.push(handled + performance.now() - frame))
    })
  }, { capture: true })
}

async function press(page: Page, key: string, count: number, pauseMs: number): Promise<number[]> {
  await page.evaluate(() => { (window as unknown as { samples: number[] }).samples.length = 0 })
  for (let n = 1; n <= count; n++) {
    await page.keyboard.press(key)
    await page.waitForFunction(wanted => (window as unknown as { samples: number[] }).samples.length >= wanted, n, { polling: 'raf' })
    if (pauseMs > 0) await page.waitForTimeout(pauseMs)
  }
  return page.evaluate(() => [...(window as unknown as { samples: number[] }).samples])
}

/** Time of the main thread itself, in milliseconds for each press, whatever else the machine does. */
async function threadTimes(page: Page, key: string, count: number): Promise<number[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busy = async (): Promise<number> => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const before = await busy()
    await press(page, key, 1, 0)
    times.push((await busy()) - before)
  }
  await session.detach()
  return times
}

/** Work of each frame while a step's motion plays. */
async function motion(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const frames: number[] = []
    const button = document.body
    for (let n = 0; n < 12; n++) {
      button.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))
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
      const steps = await ready(page)
      await page.evaluate(watch)
      const p95s: number[] = []
      const empties: number[] = []
      const all: number[] = []
      const count = Math.min(KEYS, steps)
      // The first round warms the code up, as a reader's first steps do.
      for (let round = 0; round <= ROUNDS; round++) {
        const forward = await press(page, 'ArrowRight', count, 0)
        const backward = await press(page, 'ArrowLeft', count, 0)
        const idle = await press(page, 'F9', count, 0)
        if (round === 0) continue
        p95s.push(quantile([...forward, ...backward], 0.95))
        empties.push(quantile(idle, 0.95))
        all.push(...forward, ...backward)
      }
      const [thread, idleThread] = [await threadTimes(page, 'ArrowRight', count), await threadTimes(page, 'F9', count)]
      await page.emulateMedia({ reducedMotion: 'no-preference' })
      await page.keyboard.press('Home')
      const frames = await motion(page)
      return [
        limited('view.key', 'key to main-thread work done, p95, two benches at 1920×1080', 'ms', p95s, LIMIT_MS),
        context('view.key.median', 'the same, median', 'ms', [median(all)]),
        context('view.key.empty', 'a key that does nothing, p95', 'ms', empties),
        context('view.thread', 'time of the main thread for a key beyond that for an empty one, p95', 'ms', [quantile(thread, 0.95) - median(idleThread)]),
        context('view.frame', 'one frame while a step moves, p99', 'ms', [quantile(frames, 0.99)]),
      ]
    })
  },
} satisfies Group
