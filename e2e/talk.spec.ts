/** Talk mode as a speaker has it: a clicker from the first step to the last, served and from a disk; the room dark, lit, awake; letters that can be read from the last row. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, test, type Story } from './page.ts'

const FILE = new URL('../dist/bufscope.html', import.meta.url)

const slide = (page: Page): Promise<{ picture: string; sentence: string }> => page.evaluate(() => ({
  picture: [...document.querySelectorAll('.slide-room')].map((each) => each.innerHTML).join('\n'),
  sentence: [...document.querySelectorAll('.slide-sentence > p')].map((each) => each.textContent).join('\n'),
}))
const where = async (page: Page): Promise<readonly [number, number]> => {
  const [at, of] = (await page.locator('.slide-where').textContent())!.split(' / ').map(Number)
  return [at!, of!]
}
const press = async (page: Page, key: string, at: number): Promise<void> => {
  await page.keyboard.press(key)
  await expect.poll(async () => (await where(page))[0]).toBe(at)
}
/** The scenes that come later are there. */
const whole = async (page: Page): Promise<void> => {
  await expect(page.locator('.slide-room svg').first()).toBeVisible()
  await page.waitForTimeout(400)
}

/** Clicker keys alone. F5 is what its start button sends. */
async function clickThrough(page: Page, story: Story): Promise<void> {
  await story.open('#view=talk')
  await whole(page)
  const [first, of] = await where(page)
  expect(first).toBe(0)
  expect(of).toBeGreaterThan(50)
  const { of: rows } = await story.at()
  let before = await slide(page)
  for (let at = 1; at <= of; at++) {
    await press(page, 'PageDown', at)
    const now = await slide(page)
    expect(now.picture, `press ${at} changes the picture`).not.toBe(before.picture)
    expect(now.sentence, `press ${at} says something`).toMatch(/\w/)
    before = now
    if (at !== Math.floor(of / 2)) continue
    await page.reload()
    await expect(page.locator('.slide')).toBeVisible()
    await expect.poll(async () => (await where(page))[0], { timeout: 20_000 }).toBe(at)
    await whole(page)
    expect(await slide(page)).toEqual(now)
  }
  const { step } = await story.at()
  expect(step).toBe(rows)
  // How it ended, and what became of it.
  await expect(page.locator('.slide-verdict')).toHaveText([/EACCES at mmap/, /works/])
  await expect(page.locator('.slide-sentence')).toContainText('Neither patch was merged as posted')
  await page.keyboard.press('PageDown')
  expect(await where(page)).toEqual([of, of])
  await press(page, 'PageUp', of - 1)
}

test('a clicker alone goes from the opening to the last change, through F5 in the middle', async ({ page, story }) => {
  test.setTimeout(180_000)
  await clickThrough(page, story)
})

for (const dark of ['b', '.']) {
  test(`the dark button of a clicker, ${dark}, leads into the talk, and again after its Esc`, async ({ page, story }) => {
    await story.open('#step=36')
    await page.keyboard.press(dark)
    await expect(page.locator('.slide')).toBeVisible()
    expect((await story.at()).step).toBe(36)
    await page.keyboard.press(dark)
    await expect(page.locator('.dark')).toBeVisible()
    await page.keyboard.press(dark)
    await expect(page.locator('.dark')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('banner')).toBeVisible()
    await page.keyboard.press(dark)
    await expect(page.locator('.slide')).toBeVisible()
    await press(page, 'PageDown', 33)
  })
}

test.describe('from a disk', () => {
  test.use({ place: FILE.href })
  test.beforeAll(() => { if (!existsSync(fileURLToPath(FILE))) throw new Error('dist/bufscope.html is not there. Run npm run build first.') })
  test('the same with the one file, and no network', async ({ page, context, story }) => {
    test.setTimeout(180_000)
    await context.setOffline(true)
    await clickThrough(page, story)
  })
})

test('T and its button lead in and out; the moment stays', async ({ page, story }) => {
  await story.open('#step=37')
  await page.getByRole('button', { name: 'Talk mode' }).click()
  await expect(page.locator('.slide-parts')).toHaveText('Same call, two answers.')
  await expect.poll(() => page.url()).toContain('view=talk')
  expect((await story.at()).step).toBe(37)
  await page.keyboard.press('Space')
  await expect.poll(async () => (await story.at()).step).toBe(38)
  await page.keyboard.press('Shift+Space')
  await page.keyboard.press('t')
  await expect(page.getByRole('banner')).toBeVisible()
  await expect.poll(() => page.url()).not.toContain('view=')
  expect((await story.at()).step).toBe(37)
  await page.keyboard.press('T')
  await expect(page.locator('.slide')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('banner')).toBeVisible()
})

test('the floor where it happens is enlarged, on both benches', async ({ page, story }) => {
  await story.open('#step=37&view=talk')
  await whole(page)
  await expect(page.locator('.bench-drawing[data-focus="kernel"]')).toHaveCount(2)
  await expect(page.locator('[data-strip="kernel"]')).toHaveCount(0)
  await expect(page.locator('[data-strip="hardware"]')).toHaveCount(2)
  // The second bench draws its picture; the first has nothing to draw into.
  await story.open('#step=44&view=talk')
  await whole(page)
  await expect(page.locator('.bench-drawing[data-focus="hardware"]')).toHaveCount(2)
  await expect(page.getByText('does not do this', { exact: true })).toBeVisible()
})

test('dark and back, without losing a step; Esc puts things away one by one', async ({ page, story }) => {
  await story.open('#step=37&view=talk')
  await whole(page)
  for (const key of ['b', '.']) {
    await page.keyboard.press(key)
    await expect(page.locator('.dark')).toBeVisible()
    await page.keyboard.press('PageDown')
    await expect(page.locator('.dark')).toHaveCount(0)
    expect((await story.at()).step).toBe(37)
  }
  await page.keyboard.press('l')
  await expect(page.locator('.light')).toHaveCount(1)
  await page.keyboard.press('b')
  await page.keyboard.press('Escape')
  await expect(page.locator('.dark')).toHaveCount(0)
  await expect(page.locator('.light')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(page.locator('.light')).toHaveCount(0)
  await expect(page.locator('.slide')).toBeVisible()
})

test('the light follows the pointer, and Tab from thing to thing', async ({ page, story }) => {
  await story.open('#step=37&view=talk')
  await whole(page)
  const at = (): Promise<string> => page.locator('.light').evaluate((light: HTMLElement) => `${light.style.getPropertyValue('--x')} ${light.style.getPropertyValue('--y')}`)
  await page.keyboard.press('l')
  await page.mouse.move(320, 180)
  await expect.poll(at).toBe('25% 25%')
  const seen = new Set<string>()
  for (let n = 0; n < 6; n++) {
    await page.keyboard.press('Tab')
    seen.add(await at())
  }
  expect(seen.size).toBeGreaterThan(3)
})

test('the overview names every stop and goes to one; keys of the page still act', async ({ page, story }) => {
  await story.open('#step=2&view=talk')
  await whole(page)
  await page.keyboard.press('o')
  const overview = page.getByRole('dialog', { name: 'Overview' })
  const [, of] = await where(page)
  await expect(overview.getByRole('listitem')).toHaveCount(of)
  await expect(overview.locator('[aria-current="step"]')).toBeFocused()
  await overview.getByRole('button', { name: /shared writable mapping/ }).click()
  await expect(overview).toHaveCount(0)
  await expect(page.locator('.slide-parts')).toBeVisible()
  await page.keyboard.press('1')
  await expect(page.locator('.slide-bench')).toHaveCount(1)
  await expect(page.locator('.slide-title')).toBeVisible()
  await page.keyboard.press('0')
  await page.keyboard.press('e')
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('dark screen, and back')
})

test('of four benches a slide shows two that part', async ({ page, story }) => {
  await story.open('#variants=V1,V5,V4,V9&view=talk')
  await expect(page.locator('.slide-bench')).toHaveCount(2)
  const absent = page.getByText('not shown: V4 and V9', { exact: true })
  await expect(absent).toBeInViewport({ ratio: 1 })
  expect(await absent.evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true)
  const [, of] = await where(page)
  for (let at = 1; at <= Math.min(of, 40); at++) {
    const before = (await slide(page)).picture
    await press(page, 'PageDown', at)
    expect((await slide(page)).picture, `press ${at}`).not.toBe(before)
  }
})

test('the screen is kept awake while a talk is on, where the browser can', async ({ page, story }) => {
  await page.addInitScript(() => {
    const said: string[] = []
    Object.assign(window, { said })
    Object.defineProperty(navigator, 'wakeLock', { value: { request: (what: string) => {
      said.push(`hold ${what}`)
      return Promise.resolve({ release: () => Promise.resolve(void said.push('let go')) })
    } } })
  })
  await story.open('#view=talk')
  const said = (): Promise<string[]> => page.evaluate(() => (window as unknown as { said: string[] }).said)
  await expect.poll(said).toContain('hold screen')
  await page.keyboard.press('t')
  await expect.poll(said).toEqual(expect.arrayContaining(['let go']))
})

test('without a wake lock, or with one that is refused, the talk is the same', async ({ page, story }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'wakeLock', { value: { request: () => Promise.reject(new Error('low battery')) } }))
  await story.open('#view=talk')
  await press(page, 'PageDown', 1)
})

test('a cursor that rests is hidden, and the buttons with it', async ({ page, story }) => {
  await story.open('#view=talk')
  const bar = page.getByRole('toolbar', { name: 'Talk' })
  await page.mouse.move(300, 300)
  await page.mouse.move(310, 300)
  await expect(bar).toHaveCSS('opacity', '1')
  await expect(page.locator('.talk')).toHaveAttribute('data-idle', 'true')
  await expect(page.locator('.talk')).toHaveCSS('cursor', 'none')
  await expect(bar).toHaveCSS('opacity', '0')
  await bar.getByRole('button', { name: 'Next' }).focus()
  await expect(bar).toHaveCSS('opacity', '1')
})

for (const [width, height] of [[1920, 1080], [1280, 720], [1024, 768], [390, 844]] as const) {
  test(`at ${width} × ${height} nothing is cut off, nothing moves, and every letter is large enough`, async ({ page, story }) => {
    test.setTimeout(120_000)
    await page.setViewportSize({ width, height })
    await story.open('#view=talk')
    await whole(page)
    const look = () => page.evaluate(() => {
      const slide = document.querySelector<HTMLElement>('.slide')!
      const unit = parseFloat(slide.style.getPropertyValue('--u'))
      const cut: string[] = []
      const small: string[] = []
      const thin: string[] = []
      const inside = (part: DOMRect, whole: DOMRect): boolean => part.left >= whole.left - 1.5 && part.right <= whole.right + 1.5 && part.top >= whole.top - 1.5 && part.bottom <= whole.bottom + 1.5
      for (const each of document.querySelectorAll('.slide-sentence > p, .slide-legend li, .slide-where, .slide-parts')) if (!inside(each.getBoundingClientRect(), (each.closest('.slide-sentence, .slide-legend') ?? slide).getBoundingClientRect())) cut.push(each.textContent!)
      for (const svg of document.querySelectorAll<SVGSVGElement>('.slide-room svg')) {
        for (const text of svg.querySelectorAll<SVGTextElement>('text, tspan')) {
          if (text.textContent!.trim() === '') continue
          if (text instanceof SVGTextElement && text.tagName === 'text' && !inside(text.getBoundingClientRect(), svg.getBoundingClientRect())) cut.push(text.textContent!)
          if (parseFloat(getComputedStyle(text).fontSize) * svg.getScreenCTM()!.a < 19.9 * unit) small.push(text.textContent!)
        }
      }
      for (const line of document.querySelectorAll<SVGGeometryElement>('.slide-room svg :is(rect, path, line, circle)[stroke]:not([stroke-opacity])')) {
        const { stroke, strokeWidth } = getComputedStyle(line)
        if (stroke !== 'none' && parseFloat(strokeWidth) * line.ownerSVGElement!.getScreenCTM()!.a < 1.99 * (unit / (2 / 3))) thin.push(line.outerHTML.slice(0, 80))
      }
      const size = (of: string): number => parseFloat(getComputedStyle(document.querySelector(of)!).fontSize) / unit
      const boxes = ['.slide-benches', '.slide-room', '.slide-legend', '.slide-where', '.slide-sentence', '.slide-progress'].map((of) => {
        const { left, top, bottom, height: tall } = document.querySelector(of)!.getBoundingClientRect()
        return [of, of === '.slide-where' ? 0 : Math.round(left), Math.round(top), Math.round(bottom), Math.round(tall)].join(' ')
      })
      return { cut, small, thin, boxes: boxes.join('\n'), sizes: [size('h2'), size('.slide-sentence'), size('.slide-legend')].map(Math.round) }
    })
    const first = await look()
    if (width > height) expect(first.sizes).toEqual([36, 36, 36])
    const [, of] = await where(page)
    for (let at = 1; at <= of; at++) {
      await press(page, 'PageDown', at)
      const now = await look()
      expect({ ...now, at }).toEqual({ ...first, cut: [], small: [], thin: [], at })
    }
  })
}

test.describe('under a finger', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('a tap steps, and back at the left; every button can be hit, and one leaves', async ({ page, story }) => {
    await story.open('#step=37&view=talk')
    await whole(page)
    const [begun] = await where(page)
    await page.touchscreen.tap(340, 24)
    await expect.poll(async () => (await where(page))[0]).toBe(begun + 1)
    await page.touchscreen.tap(60, 24)
    await expect.poll(async () => (await where(page))[0]).toBe(begun)
    const bar = page.getByRole('toolbar', { name: 'Talk' })
    await expect(bar).toHaveCSS('opacity', '1')
    for (const button of await bar.getByRole('button').all()) {
      const { x, y, width, height } = (await button.boundingBox())!
      expect(Math.min(width, height, x + 24, 390 + 24 - x - width, 844 + 24 - y - height), (await button.getAttribute('aria-label')) ?? '').toBeGreaterThanOrEqual(24)
    }
    // Dark, and a tap brings the picture back.
    await bar.getByRole('button', { name: 'Dark screen' }).tap()
    await expect(page.locator('.dark')).toBeVisible()
    await page.touchscreen.tap(340, 24)
    await expect(page.locator('.dark')).toHaveCount(0)
    expect((await where(page))[0]).toBe(begun)
    await bar.getByRole('button', { name: 'Leave talk mode' }).tap()
    await expect(page.locator('.slide')).toHaveCount(0)
  })
})
