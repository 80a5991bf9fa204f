/** A finger on the stage. */
import type { Page } from '@playwright/test'

/** Taps where no thing is drawn, in a part of the stage's width: on the left it steps back, elsewhere on. */
export async function tapFree(page: Page, from: number, to: number): Promise<void> {
  const { x, y } = await page.evaluate(([a, b]) => {
    const { left, top, width, height } = document.querySelector('.stage')!.getBoundingClientRect()
    for (let y = top + 4; y < Math.min(innerHeight, top + height) - 4; y += 3) {
      for (let x = left + width * a!; x < left + width * b!; x += 5) {
        const there = document.elementFromPoint(x, y)
        if (there?.closest('.stage') && !there.closest('.thing, button, .camera')) return { x, y }
      }
    }
    throw new Error('no free place')
  }, [from, to])
  await page.touchscreen.tap(x, y)
}
export const tapOn = (page: Page): Promise<void> => tapFree(page, 0.5, 0.95)
export const tapBack = (page: Page): Promise<void> => tapFree(page, 0.02, 0.3)

/** A stroke over most of the stage. */
export async function swipe(page: Page, way: 'left' | 'right'): Promise<void> {
  const { x, y, width, height } = (await page.locator('.stage').boundingBox())!
  const far = width * 0.6
  const touch = await page.context().newCDPSession(page)
  await touch.send('Input.synthesizeScrollGesture', {
    x: Math.round(x + width * (way === 'left' ? 0.8 : 0.2)), y: Math.round(y + height / 2), xDistance: Math.round(way === 'left' ? -far : far), yDistance: 0, gestureSourceType: 'touch', preventFling: true,
  })
  await touch.detach()
}
