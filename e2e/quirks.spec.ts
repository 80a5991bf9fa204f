/** Where the kernel is odd, the stage says so, and the inspector says why and where that can be read. */
import { expect, test } from './page.ts'

test('a quirk is on the stage of the bench in which it bites, at the step where it does, and nowhere else', async ({ page, story }) => {
  await story.open('#variants=V4,V9&landmark=mapped')
  const odd = page.locator('.quirk')
  await page.keyboard.press('Home')
  await expect(odd).toHaveCount(0)
  for (let press = 0; press < 60 && (await odd.count()) === 0; press++) await page.keyboard.press('ArrowRight')
  await expect(odd).toHaveText(['quirk: A read-only buffer, mapped for writing'])
  await expect(story.benches.nth(1).locator('.quirk')).toHaveCount(1)
  expect(await story.caption()).toContain('Quirk: A read-only buffer, mapped for writing.')
  await odd.click()
  await expect(page.locator('.odd')).toContainText('what was exported without DRM_RDWR is written all the same')
  await expect(page.locator('.odd')).toContainText('drivers/dma-buf/dma-buf.c, v5.2 to v6.19')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowRight')
  await expect(odd).toHaveCount(0)
})
