/** From close and from afar: zoom, home on one key, the overview, the map, and a reload that opens the same view. */
import type { Page } from '@playwright/test'
import { expect, test } from './page.ts'

const views = (page: Page): Promise<number[][]> => page.evaluate(() => [...document.querySelectorAll('main .bench-drawing')].map((each) => each.getAttribute('viewBox')!.split(' ').map(Number)))
const zoomIn = async (page: Page): Promise<number> => {
  const [[, , w] = []] = await views(page)
  const home = await page.evaluate(() => document.querySelector('main .bench-drawing > rect')!.getAttribute('width'))
  return Math.round((Number(home) / w!) * 100) / 100
}
/** The camera has come, and with it the scenes that come later. */
async function ready(page: Page): Promise<void> {
  await expect(page.locator('.bench:last-of-type :is(.camera, .camera-opener), .phone-transport .camera-opener').first()).toBeVisible()
  await expect(page.locator('main [data-scene="walk"]').first()).toBeAttached()
}

test('nearer by key and button, home on F, and the whole stage is as it was', async ({ page, story }) => {
  await story.open('#step=27')
  await ready(page)
  const home = await page.locator('main').innerHTML()
  await page.keyboard.press('i')
  await expect.poll(() => zoomIn(page)).toBe(1.5)
  await page.getByRole('button', { name: 'Nearer' }).click()
  await expect.poll(() => zoomIn(page)).toBe(2)
  const [left, right] = await views(page)
  expect(left).toEqual(right)
  await page.keyboard.press('l')
  await expect.poll(async () => (await views(page))[0]![0]).toBeGreaterThan(left![0]!)
  await page.keyboard.press('u')
  await expect.poll(() => zoomIn(page)).toBe(1.5)
  // Steps go on, and leave the view where it is.
  const view = await views(page)
  await page.keyboard.press('PageDown')
  await expect.poll(async () => (await story.at()).step).toBe(28)
  expect(await views(page)).toEqual(view)
  await page.keyboard.press('PageUp')
  await page.keyboard.press('f')
  await expect.poll(() => zoomIn(page)).toBe(1)
  await expect.poll(() => page.locator('main').innerHTML()).toBe(home)
})

test('F fits what is selected, reload opens the same view, F again comes home', async ({ page, story }) => {
  await story.open('#step=36&select=gem:A.2')
  await ready(page)
  await page.keyboard.press('f')
  await expect(page).toHaveURL(/zoom=[\d.]+:\d+:\d+/)
  const view = await views(page)
  const card = page.locator('section.bench').first().locator('[data-scene="objects"] [data-id="gem:A.2"]')
  const [box, stage] = [(await card.boundingBox())!, (await page.locator('.stage').first().boundingBox())!]
  expect(box.x).toBeGreaterThan(stage.x)
  expect(box.x + box.width).toBeLessThan(stage.x + stage.width)
  expect(box.width).toBeGreaterThan(stage.width * 0.5)
  await page.reload()
  await ready(page)
  expect(await views(page)).toEqual(view)
  await page.keyboard.press('f')
  await expect.poll(() => zoomIn(page)).toBe(1)
  await expect(page).not.toHaveURL(/zoom=/)
})

test('O is the overview: every landmark, a click goes there', async ({ page, story }) => {
  await story.open('#step=27')
  await ready(page)
  await page.keyboard.press('o')
  const overview = page.getByRole('main', { name: /^Overview/ })
  await expect(overview.getByRole('listitem')).not.toHaveCount(0)
  await expect(page).toHaveURL(/zoom=0:/)
  const names = await page.locator('.timeline .landmark').evaluateAll((all) => all.map((each) => each.getAttribute('title')!))
  for (const name of names) await expect(overview.getByText(name, { exact: true })).toBeVisible()
  const { of } = await story.at()
  await expect(overview.locator('.steps button')).toHaveCount(of)
  // The keys still step, and the overview says where.
  await page.keyboard.press('ArrowRight')
  await expect(overview.locator('.steps [aria-current="step"]')).toHaveAttribute('aria-label', /^Step 28: /)
  await overview.getByText(names[1]!, { exact: true }).click()
  await expect(overview).toHaveCount(0)
  expect((await story.at()).step).toBe(20)
  await page.keyboard.press('o')
  await expect(overview).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(overview).toHaveCount(0)
})

test('Ctrl and wheel zoom where the pointer is; a drag moves the view and selects nothing; the map does too', async ({ page, story }) => {
  await story.open('#step=27')
  await ready(page)
  const stage = (await page.locator('.stage').first().boundingBox())!
  await page.mouse.move(stage.x + stage.width / 2, stage.y + stage.height / 2)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -200)
  await page.keyboard.up('Control')
  await expect.poll(() => zoomIn(page)).toBeGreaterThan(1.5)
  const [before] = await views(page)
  await page.mouse.down()
  await page.mouse.move(stage.x + stage.width / 2 - 80, stage.y + stage.height / 2 - 40, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await views(page))[0]![0]).toBeGreaterThan(before![0]!)
  await expect(page.locator('.panel')).toHaveCount(0)
  const map = page.getByRole('group', { name: /^Map of the stage/ }).first()
  await map.focus()
  const [there] = await views(page)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await views(page))[0]![0]).toBeLessThan(there![0]!)
  expect((await story.at()).step).toBe(27)
})

test('the camera follows what happens when asked to, and only then', async ({ page, story }) => {
  await story.open('#step=22')
  await ready(page)
  await page.keyboard.press('a')
  const seen = new Set<string>()
  for (let step = 23; step <= 46; step++) {
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => (await story.at()).step).toBe(step)
    seen.add(JSON.stringify(await views(page)))
  }
  // It has gone somewhere, and not at every step.
  expect(seen.size).toBeGreaterThan(3)
  expect(seen.size).toBeLessThan(20)
  await expect(page).toHaveURL(/:follow/)
  await expect.poll(() => zoomIn(page)).toBeGreaterThan(1)
  await page.keyboard.press('a')
  await expect(page).not.toHaveURL(/:follow/)
})

for (const [motion, says] of [['reduce', 'without motion the view is there at once'], ['no-preference', 'with motion it goes there, and both benches together']] as const) {
  test(says, async ({ page, story }) => {
    await page.emulateMedia({ reducedMotion: motion })
    await story.open('#step=27')
    await ready(page)
    const frames = await page.evaluate(async () => {
      const drawings = [...document.querySelectorAll('main .bench-drawing')]
      const seen: string[] = []
      const alike: boolean[] = []
      new MutationObserver(() => {
        const [first, ...others] = drawings.map((each) => each.getAttribute('viewBox')!)
        seen.push(first!)
        alike.push(others.every((each) => each === first))
      }).observe(drawings.at(-1)!, { attributeFilter: ['viewBox'] })
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'i', bubbles: true }))
      await new Promise((go) => setTimeout(go, 900))
      return { count: new Set(seen).size, alike: alike.every(Boolean) }
    })
    expect(frames.alike).toBe(true)
    if (motion === 'reduce') expect(frames.count).toBe(1)
    else expect(frames.count).toBeGreaterThan(2)
    expect(await zoomIn(page)).toBe(1.5)
  })
}

test('on a phone: two fingers zoom, one moves what is seen, and a swipe no longer turns the bench', async ({ browser, place, baseURL }) => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce', ...(baseURL !== undefined && { baseURL }) })
  await page.goto(`${place}#step=27`)
  await ready(page)
  const stage = (await page.locator('.stage').boundingBox())!
  const client = await page.context().newCDPSession(page)
  const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2]
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly (readonly [number, number])[]): Promise<void> =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([px, py], id) => ({ x: px, y: py, id })) }).then(() => undefined)
  await touch('touchStart', [[x - 30, y], [x + 30, y]])
  for (let far = 30; far <= 80; far += 10) await touch('touchMove', [[x - far, y], [x + far, y]])
  await touch('touchEnd', [])
  await expect.poll(() => zoomIn(page)).toBeGreaterThan(1.5)
  const [before] = await views(page)
  await touch('touchStart', [[x + 60, y]])
  for (let way = 0; way <= 120; way += 20) await touch('touchMove', [[x + 60 - way, y]])
  await touch('touchEnd', [])
  await expect.poll(async () => (await views(page))[0]![0]).toBeGreaterThan(before![0]!)
  await expect(page.locator('.turn b')).toHaveText('1 of 2')
  await page.close()
})
