/** Stepping: exact in both directions, one key to the divergence, the same by mouse, keyboard and clicker. */
import type { Page } from '@playwright/test'
import { expect, test, type Story } from './page.ts'

/** Everything that both benches and the caption show, canvases and pictures included. */
async function picture(page: Page): Promise<string> {
  return page.evaluate(() => {
    const canvases = [...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL())
    return [document.querySelector('main')!.innerHTML, document.querySelector('.caption')!.innerHTML, ...canvases].join('\n')
  })
}

async function press(page: Page, story: Story, key: string, step: number): Promise<void> {
  await page.keyboard.press(key)
  await expect.poll(async () => (await story.at()).step).toBe(step)
}

test('X goes to the seed, then to the first divergence, which tells itself', async ({ page, story }) => {
  await story.open()
  await page.keyboard.press('x')
  await expect.poll(() => story.caption()).toMatch(/^Seed: mode/)
  const seed = (await story.at()).step
  await page.keyboard.press('x')
  await expect.poll(() => story.caption()).toMatch(/^Same call, two answers\./)
  const first = (await story.at()).step
  expect(first).toBeGreaterThan(seed)
  expect(await story.caption()).toContain('EACCES')
  await expect(page.locator('.mark.first')).toContainText('first divergence: EACCES | ok')
  await expect(page.locator('.mark.first')).toHaveCSS('color', 'rgb(179, 38, 30)')
  await expect(story.benches.nth(0).locator('.verdict')).toContainText('EACCES at mmap')
  await press(page, story, 'Shift+X', seed)
})

test('every step there and back: the same picture both ways', async ({ page, story }) => {
  await story.open()
  // Some scenes come when the first picture stands.
  await expect(page.locator('[data-scene="walk"]')).toHaveCount(2)
  const { of } = await story.at()
  const there: string[] = [await picture(page)]
  for (let step = 1; step <= of; step++) {
    await press(page, story, 'ArrowRight', step)
    there.push(await picture(page))
  }
  expect(new Set(there).size).toBeGreaterThan(of * 0.9)
  const wrong: number[] = []
  for (let step = of - 1; step >= 0; step--) {
    await press(page, story, 'ArrowLeft', step)
    if ((await picture(page)) !== there[step]) wrong.push(step)
  }
  expect(wrong).toEqual([])
  // Jumping is the same as walking.
  await page.keyboard.press('End')
  await expect.poll(() => picture(page)).toBe(there[of])
  await page.keyboard.press('Home')
  await expect.poll(() => picture(page)).toBe(there[0])
})

test('nothing of the page moves from step to step', async ({ page, story }) => {
  await story.open()
  const boxes = (): Promise<string> => page.evaluate(() => JSON.stringify(['.top', 'main', '.bench:nth-child(1) .stage', '.bench:nth-child(2) .stage', '.caption', '.lanes', '.transport'].map((each) => {
    const { x, y, width, height } = document.querySelector(each)!.getBoundingClientRect()
    return [each, Math.round(x), Math.round(y), Math.round(width), Math.round(height)]
  })))
  const first = await boxes()
  const { of } = await story.at()
  for (let step = 1; step <= of; step += 3) {
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await boxes()).toBe(first)
  }
})

test('a clicker alone goes from the first step to the last and back, through a reload', async ({ page, story }) => {
  await story.open()
  const { of } = await story.at()
  for (let step = 1; step <= of; step++) await press(page, story, 'PageDown', step)
  await page.keyboard.press('PageDown')
  await press(page, story, 'PageUp', of - 1)
  await page.reload()
  await expect.poll(async () => (await story.at()).step).toBe(of - 1)
  await press(page, story, 'PageUp', of - 2)
})

test('the timeline scrubs, and is a slider for the keyboard', async ({ page, story }) => {
  await story.open()
  const { of } = await story.at()
  const lanes = page.getByRole('slider', { name: 'Playhead' })
  const box = (await lanes.boundingBox())!
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + 4, y)
  await page.mouse.down()
  const seen = new Set<number>()
  for (let part = 0; part <= 20; part++) {
    await page.mouse.move(box.x + (box.width * part) / 20 - (part === 20 ? 2 : 0), y)
    seen.add((await story.at()).step)
  }
  await page.mouse.up()
  expect(seen.size).toBeGreaterThan(15)
  await expect.poll(async () => (await story.at()).step).toBe(of)
  await lanes.focus()
  await press(page, story, 'ArrowLeft', of - 1)
  await press(page, story, 'ArrowUp', of)
  await press(page, story, 'Home', 0)
  await expect(lanes).toHaveAttribute('aria-valuetext', /^Step 0 of \d+: before the first step/)
})

test('buttons do what the keys do; depth keeps the moment', async ({ page, story }) => {
  await story.open()
  const bar = page.getByRole('toolbar', { name: 'Playhead' })
  await bar.getByRole('button', { name: 'Next', exact: true }).click()
  await expect.poll(async () => (await story.at()).step).toBe(1)
  await bar.getByRole('button', { name: 'Next landmark' }).click()
  await expect.poll(() => story.caption()).toContain('nobody argues about this')
  const { step, of } = await story.at()
  await bar.getByRole('button', { name: 'detail' }).click()
  await expect.poll(async () => (await story.at()).of).toBeGreaterThan(of * 3)
  expect(await story.caption()).toContain('nobody argues about this')
  await page.keyboard.press('-')
  await expect.poll(async () => (await story.at()).of).toBe(of)
  expect((await story.at()).step).toBe(step)
  await bar.getByRole('button', { name: 'Next difference' }).click()
  await bar.getByRole('button', { name: 'Back', exact: true }).click()
  await bar.getByRole('button', { name: 'First', exact: true }).click()
  await expect.poll(async () => (await story.at()).step).toBe(0)
  await bar.getByRole('combobox', { name: 'Speed' }).selectOption('8')
  await bar.getByRole('button', { name: 'Play' }).click()
  await expect.poll(async () => (await story.at()).step).toBeGreaterThan(4)
  await page.keyboard.press('Escape')
  const stopped = (await story.at()).step
  await page.waitForTimeout(400)
  expect((await story.at()).step).toBe(stopped)
})

test('a held arrow repeats at a capped rate, and the next key ends a step that still moves', async ({ page, story }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await story.open()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  expect((await story.at()).step).toBe(2)
  // Forty repeats at once, as from a keyboard that is faster than the eye.
  await page.evaluate(() => { for (let n = 0; n < 40; n++) dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', repeat: true, cancelable: true })) })
  const { step } = await story.at()
  expect(step).toBeGreaterThan(2)
  expect(step).toBeLessThan(8)
})
