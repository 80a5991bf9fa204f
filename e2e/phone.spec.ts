/** A phone, upright and on its side: the story with a finger alone, and all three floors in view. */
import { expect, test } from './page.ts'
import { swipe, tapBack, tapOn } from './touch.ts'

test.describe('upright', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('by finger from the story to where it parts, to the other bench, a chapter, its question and the text', async ({ page, story }) => {
    test.setTimeout(120_000)
    await story.open('#step=32')
    await expect(page.locator('.camera-opener')).toBeVisible()
    for (const step of [33, 34, 35, 36, 37]) {
      await tapOn(page)
      await expect.poll(async () => (await story.at()).step).toBe(step)
    }
    expect(await story.caption()).toContain('Same call, two answers.')
    await expect(story.benches).toHaveAccessibleName(/V4/)
    await expect(story.benches.locator('.verdict')).toContainText('EACCES at mmap')
    await swipe(page, 'left')
    await expect(story.benches).toHaveAccessibleName(/V5/)
    await expect(page.getByRole('group', { name: 'Bench' })).toContainText('2 of 2')
    await tapBack(page)
    await expect.poll(async () => (await story.at()).step).toBe(36)
    await swipe(page, 'right')
    await expect(story.benches).toHaveAccessibleName(/V4/)

    const choices = page.getByRole('button', { name: 'Choices' })
    await choices.tap()
    await page.getByRole('dialog').getByRole('button', { name: 'Text', exact: true }).tap()
    const text = page.locator('.transcript')
    await expect(text.locator('> li')).toHaveCount((await story.at()).of)
    await text.getByRole('button', { name: 'Go to step 37' }).tap()
    await expect.poll(async () => (await story.at()).step).toBe(37)
    await page.getByRole('button', { name: /^Close/ }).tap()
    await expect(text).toHaveCount(0)

    await choices.tap()
    await page.getByRole('dialog').getByRole('link', { name: 'Chapters' }).tap()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The thread of July 2019')
    const list = page.getByRole('navigation', { name: 'Chapters' })
    await list.locator('summary').first().tap()
    await list.getByRole('link', { name: /Who may write/ }).tap()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who may write?')
    const predict = page.getByRole('region', { name: 'Predict, then press' })
    await predict.getByText('It fails with EACCES, as here').tap()
    await predict.getByRole('button', { name: 'Press: run it' }).tap()
    await expect(predict.getByRole('status')).toContainText('Not so.')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})

for (const [width, height] of [[844, 390], [667, 375], [932, 430]] as const) {
  test.describe(`on its side, ${width} × ${height}`, () => {
    test.use({ viewport: { width, height }, hasTouch: true, isMobile: true })
    // A letter's box reaches above the letter.
    test('all three floors are seen whole beside what is said, and a finger steps and turns', async ({ page, story }) => {
      await story.open('#step=36')
      await expect(page.locator('.camera-opener')).toBeVisible()
      await tapOn(page)
      await expect.poll(async () => (await story.at()).step).toBe(37)
      for (const name of ['USER SPACE', 'KERNEL', 'HARDWARE']) await expect(page.locator('.bench-drawing').getByText(name, { exact: true })).toBeInViewport({ ratio: 0.8 })
      await expect(page.locator('.bench-drawing')).toBeInViewport({ ratio: 0.99 })
      await expect(page.locator('.caption .one')).toBeInViewport({ ratio: 1 })
      await expect(page.getByRole('button', { name: 'Next', exact: true })).toBeInViewport({ ratio: 1 })
      const [drawing, said] = [await page.locator('.bench-drawing').boundingBox(), await page.locator('.caption').boundingBox()]
      expect(drawing!.x + drawing!.width).toBeLessThanOrEqual(said!.x)
      await swipe(page, 'left')
      await expect(story.benches).toHaveAccessibleName(/V5/)
      await tapBack(page)
      await expect.poll(async () => (await story.at()).step).toBe(36)
      // What is opened lies over the stage: step and sentence stay in view.
      await page.getByRole('button', { name: 'Choices' }).tap()
      await page.getByRole('dialog').getByRole('button', { name: 'Text', exact: true }).tap()
      await expect(page.locator('.panel')).toBeInViewport({ ratio: 1 })
      await expect(page.locator('.caption .one')).toBeInViewport({ ratio: 1 })
      await page.getByRole('button', { name: 'Next', exact: true }).tap()
      await expect.poll(async () => (await story.at()).step).toBe(37)
    })
    test('a chapter fits, and its stage scrolls', async ({ page }) => {
      await page.goto('./#read=who-may-write&at=4')
      await expect(page.locator('section.bench .verdict')).toBeVisible()
      await expect(page.locator('.camera-opener')).toBeVisible()
      expect(await page.evaluate(() => { const { scrollWidth, scrollHeight } = document.documentElement; return [scrollWidth, scrollHeight] })).toEqual([width, height])
      await page.locator('.stage').evaluate((stage) => { stage.scrollTop = stage.scrollHeight })
      await expect(page.locator('.bench-drawing').getByText('HARDWARE', { exact: true })).toBeInViewport({ ratio: 0.8 })
    })
  })
}
