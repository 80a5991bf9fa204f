/** Every way in which a story can end: searched, listed, and opened on the stage by a link. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './page.ts'

const SMALL = '#scenario=canonical&variants=V5&platform=rk3399&exporter=E2&lines=1'

test('from the palette to the shortest run of an outcome, by keyboard alone', async ({ page, story }) => {
  await story.open(SMALL)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.type('all runs')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Explore' })
  await panel.getByRole('button', { name: 'Explore V5' }).focus()
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('status')).toContainText('every state was seen', { timeout: 60_000 })
  await expect(panel.getByRole('heading', { level: 3 })).toHaveText(['✗ the GPU read old pixels in 1 of 1 lines', '✗ the display read old bytes', '✓ works'])
  expect((await new AxeBuilder({ page }).include('.panel').analyze()).violations).toEqual([])
  await panel.getByRole('button', { name: 'Open the shortest run' }).last().focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => new URL(page.url()).hash).toMatch(/variants=V5,V5.*mode=lazy,explore.*lines=1.*picks=-,[\d:.]+/)
  await page.keyboard.press('Escape')
  // The runs may still be on their way.
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(story.benches.nth(0)).toContainText('old pixels in 1 of 1 lines', { timeout: 1000 })
    await expect(story.benches.nth(1)).toContainText('works', { timeout: 1000 })
  }).toPass()
  // The link alone is enough.
  await story.open(new URL(page.url()).hash)
  await page.keyboard.press('End')
  await expect(story.benches.nth(1)).toContainText('works')
})

test('a search that is stopped says that it saw a part', async ({ page, story }) => {
  await story.open('#scenario=canonical&variants=V5&platform=rk3399&exporter=E1&lines=3')
  await page.getByRole('button', { name: 'Explore', exact: true }).click()
  const panel = page.getByRole('complementary', { name: 'Explore' })
  await panel.getByRole('button', { name: 'Explore V5' }).click()
  await expect(panel.getByRole('status')).toContainText(/[1-9][\d,]* states/, { timeout: 30_000 })
  await panel.getByRole('button', { name: 'Stop' }).click()
  await expect(panel.getByRole('status')).toContainText('explored in part', { timeout: 30_000 })
})

test('what hardware does by itself is chosen in a menu, and is part of the link', async ({ page, story }) => {
  await story.open('#scenario=canonical&variants=V5&platform=rk3399&exporter=E2')
  const menu = page.getByRole('button', { name: /^By itself:/ })
  for (const [choice, name, link] of [['by chance', 'By itself: by chance, seed 1', /mode=random&seed=1/], ['by chance', 'By itself: by chance, seed 2', /mode=random&seed=2/], ['never', 'By itself: never', /mode=lazy/], ['as written', 'By itself: as written', /exporter=E2&step/]] as const) {
    await menu.click()
    await page.getByRole('menuitemradio', { name: new RegExp(`^${choice}`) }).click()
    await expect(menu).toHaveAccessibleName(name)
    await expect.poll(() => new URL(page.url()).hash).toMatch(link)
  }
  await menu.click()
  await page.getByRole('menuitemradio', { name: /two cache lines/ }).click()
  await expect.poll(() => new URL(page.url()).hash).toMatch(/lines=2/)
})
