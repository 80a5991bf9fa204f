/** A visitor arrives: the story is there, one key away from moving. */
import { expect, test } from './page.ts'

test('opens in the story and steps with one key', async ({ page, story }) => {
  await story.open()
  await expect(story.benches).toHaveCount(2)
  await expect(story.benches.nth(0)).toHaveAccessibleName(/V4/)
  await expect(story.benches.nth(1)).toHaveAccessibleName(/V5/)
  const { step, of } = await story.at()
  expect(step).toBe(0)
  expect(of).toBeGreaterThan(40)
  const texts = [await story.caption()]
  for (let n = 1; n <= 3; n++) {
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => (await story.at()).step).toBe(n)
    texts.push(await story.caption())
  }
  expect(new Set(texts).size).toBe(4)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => story.caption()).toBe(texts[2])
  expect(new URL(page.url()).hash.length).toBeGreaterThan(0)
})
