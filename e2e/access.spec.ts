/** By hand where axe is blind: where the focus goes, keys that write characters, colours that the system sets, the text beside the picture, taps and strokes. */
import type { Page } from '@playwright/test'
import { expect, test } from './page.ts'
import { tapBack, tapOn } from './touch.ts'

const focused = (page: Page) => page.locator(':focus')
/** What gives the focus back comes a moment after the first picture. */
const whole = (page: Page): Promise<void> => expect(page.locator('.camera, .camera-opener').last()).toBeVisible()

test('the focus goes back to the button that opened a panel, a dialog or the overview', async ({ page, story }) => {
  await story.open('#step=36')
  await whole(page)
  for (const name of ['Story', 'Program', 'Text', 'Costs', 'Explore', 'Take it with you']) {
    const opener = page.getByRole('button', { name, exact: true })
    await opener.focus()
    await page.keyboard.press('Enter')
    const close = page.locator('.panel').getByRole('button', { name: /^Close/ })
    await close.focus()
    await page.keyboard.press('Enter')
    await expect(page.locator('.panel')).toHaveCount(0)
    await expect(opener, name).toBeFocused()
  }
  for (const name of ['All keys', 'All commands']) {
    const opener = page.getByRole('button', { name, exact: true })
    await opener.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(opener, name).toBeFocused()
  }
  await page.getByRole('button', { name: 'Camera', exact: true }).click()
  const overview = page.getByRole('button', { name: 'Overview' })
  await overview.focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('.from-afar [aria-current="step"] .moment')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(overview).toBeFocused()
})

test('the overview of a talk holds the focus while it is open, and gives it back', async ({ page, story }) => {
  await story.open('#step=37&view=talk')
  await expect(page.locator('.slide-room svg').first()).toBeVisible()
  const opener = page.getByRole('button', { name: 'Overview' })
  await opener.focus()
  await page.keyboard.press('Enter')
  const overview = page.getByRole('dialog', { name: 'Overview' })
  await expect(overview.locator('[aria-current="step"]')).toBeFocused()
  await overview.getByRole('button').last().focus()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement!.closest('.overview') !== null)).toBe(true)
  await overview.getByRole('button', { name: 'Close', exact: true }).press('Enter')
  await expect(overview).toHaveCount(0)
  await expect(opener).toBeFocused()
})

test('a link to another page of this one leads the focus into it, and a button that goes leaves it nearby', async ({ page, story }) => {
  // Who has only opened an address is not moved.
  await page.goto('./#hazards')
  await expect(page.getByRole('listitem')).toHaveCount(22)
  await expect(focused(page)).toHaveCount(0)
  for (const name of ['Hazards', 'Evidence']) {
    await story.open('#step=36')
    await page.getByRole('link', { name, exact: true }).press('Enter')
    await expect(page.getByRole('main', { name })).toBeFocused()
    await page.getByRole('link', { name: 'The story' }).press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
    await expect(page.locator('.benches')).toBeVisible()
  }
  // Keys mean the same with the page in focus as with nothing.
  for (const slides of [1, 0]) {
    await page.keyboard.press('t')
    await expect(page.locator('.slide')).toHaveCount(slides)
    await expect(page.getByRole('main')).toBeFocused()
  }
  await page.goto('./#read=who-may-write')
  await page.getByRole('region', { name: 'Predict, then press' }).getByRole('radio').first().check()
  await page.getByRole('button', { name: 'Press: run it' }).press('Enter')
  await expect(page.getByRole('button', { name: 'See that run on the stage' })).toBeFocused()
  await page.getByRole('button', { name: 'Forget what I have read' }).press('Enter')
  await expect(focused(page)).toContainText('Chapter 6 of')
})

test('a bench that is added or taken away leaves the focus on the page', async ({ page, story }) => {
  await story.open('#step=36')
  await whole(page)
  const add = page.getByRole('button', { name: 'Add a bench' })
  await page.getByRole('button', { name: 'Show V5 alone' }).focus()
  await add.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(story.benches).toHaveCount(3)
  await expect(focused(page)).toHaveCount(1)
  await expect(focused(page)).toHaveAccessibleName(/bench|Show V5/i)
  await page.getByRole('button', { name: /^Remove bench 3/ }).focus()
  await page.keyboard.press('Enter')
  await expect(story.benches).toHaveCount(2)
  await expect(focused(page)).toHaveCount(1)
  await expect(focused(page)).toHaveAccessibleName(/bench|Show V5/i)
})

test('keys that write a character can be switched off, and stay off', async ({ page, story }) => {
  await story.open('#step=10')
  await page.getByRole('button', { name: 'All keys' }).click()
  const letters = page.getByRole('checkbox', { name: /^Letters, digits and signs/ })
  await letters.uncheck()
  await page.keyboard.press('Escape')
  const silent = async (): Promise<void> => {
    for (const key of ['n', 'x', '.', '+', '1', '?', '/', 'o', 't', 'm']) await page.keyboard.press(key)
    expect((await story.at()).step).toBe(10)
    await expect(story.benches).toHaveCount(2)
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await silent()
  await page.keyboard.press('PageDown')
  await expect.poll(async () => (await story.at()).step).toBe(11)
  await page.keyboard.press('PageUp')
  await story.open('#step=10')
  await whole(page)
  await silent()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('all keys')
  await page.keyboard.press('Enter')
  await letters.check()
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await expect.poll(async () => (await story.at()).step).toBe(11)
})

for (const variants of ['V9', 'V4,V5', 'V4,V5,V9', 'V4,V5,V9,V7']) {
  test(`every step of ${variants} is text too, and each is announced once`, async ({ page, story }) => {
    await story.open(`#variants=${variants}&step=5`)
    const { of } = await story.at()
    await page.getByRole('button', { name: 'Text', exact: true }).click()
    const steps = page.locator('.transcript > li')
    await expect(steps).toHaveCount(of)
    expect(await steps.evaluateAll((all) => all.filter((each) => ![...each.querySelectorAll('p')].some((text) => /\w{2}/.test(text.textContent))).map((each) => each.textContent))).toEqual([])
    await expect(page.locator('.transcript [aria-current="step"]')).toContainText('5')
    // What the picture alone would tell.
    await expect(page.locator('.transcript [aria-current="step"] .facts').first()).toContainText(/what changed.*(holds|comes|→)/)
    const other = steps.nth(2)
    await other.getByText('what changed', { exact: true }).click()
    await expect(other.locator('.facts')).toContainText(/: what changed.*(holds|comes|→)/)
    expect((await story.at()).step).toBe(5)
    const live = page.locator('.caption [aria-live]')
    await expect(live).toHaveCount(1)
    await expect(live).toHaveAttribute('aria-live', 'polite')
    await page.keyboard.press('ArrowRight')
    await expect(live).toHaveText(/^Step 6 of/)
    expect((await live.textContent())!.match(/Step \d+ of/g)).toHaveLength(1)
  })
}

test('where the system sets the colours, what is passed, refused, chosen and pressed can be seen', async ({ page, story }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await story.open('#step=40')
  await whole(page)
  const ground = (of: string): Promise<string> => page.locator(of).first().evaluate((each) => { const { backgroundColor, backgroundImage } = getComputedStyle(each); return `${backgroundColor} ${backgroundImage}` })
  const passed = await ground('.cell[data-passed]:not([data-gap="true"], [data-bad="true"], [data-landmark="true"])')
  const coming = await ground('.cell:not([data-gap="true"], [data-bad="true"], [data-landmark="true"], [data-passed])')
  const refused = await ground('.cell[data-bad="true"]')
  expect(new Set([passed, coming, refused]).size).toBe(3)
  expect(refused).toContain('repeating-linear-gradient')
  expect(await ground('.depths [aria-pressed="true"]')).not.toBe(await ground('.depths [aria-pressed="false"]'))
  await page.getByRole('button', { name: /^Variant of bench 1/ }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  expect(await page.locator('.menu-item[data-highlighted]').evaluate((each) => parseFloat(getComputedStyle(each).outlineWidth))).toBeGreaterThanOrEqual(2)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Text', exact: true }).click()
  expect(await page.locator('.transcript li[aria-current]').evaluate((each) => getComputedStyle(each).outlineStyle)).toBe('solid')
})

for (const [fragment, title] of [['', /bufscope/i], ['#read=who-may-write', /Who may write/], ['#hazards', /hazards/], ['#evidence', /evidence/], ['#gallery', /gallery/], ['#step=36&view=embed', /bufscope/i], ['#step=36&view=talk', /talk/], ['#view=presenter', /presenter/]] as const) {
  test(`a title, a language, one first heading and one main part: ${fragment || 'the story'}`, async ({ page }) => {
    await page.goto(`./${fragment}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await expect(page.getByRole('main')).toHaveCount(1)
    await expect(page).toHaveTitle(title)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  })
}

test('a page that is left gives the window its name back', async ({ page, story }) => {
  await story.open()
  const own = await page.title()
  for (const fragment of ['#read=who-may-write', '#hazards', '#evidence']) {
    await page.evaluate((there) => { location.hash = there }, fragment)
    await expect(page).not.toHaveTitle(own)
    await page.goBack()
    await expect(page).toHaveTitle(own)
  }
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('a tap beside the things steps: on, and on the left back; a tap on a thing chooses it', async ({ page, story }) => {
    await story.open('#step=20')
    await whole(page)
    await tapOn(page)
    await expect.poll(async () => (await story.at()).step).toBe(21)
    await tapBack(page)
    await expect.poll(async () => (await story.at()).step).toBe(20)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The story, July 2019')
    await page.locator('.stage .thing[aria-label^="process"]').first().tap({ position: { x: 30, y: 12 } })
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible()
    expect((await story.at()).step).toBe(20)
  })
})
