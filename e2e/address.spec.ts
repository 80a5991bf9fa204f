/** The address bar always holds the moment; links open it again, and bad ones the nearest. */
import { expect, test } from './page.ts'

const hash = (url: string): string => new URL(url).hash

test('a reload and a pasted link restore the moment exactly', async ({ page, story, context }) => {
  await story.open('#scenario=canonical&variants=V4,V5&platform=rk3399&step=0')
  for (let n = 0; n < 20; n++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('+')
  await page.keyboard.press('2')
  await expect(story.benches).toHaveCount(1)
  const at = await story.at()
  const caption = await story.caption()
  await expect.poll(() => hash(page.url())).toContain(`step=${at.step}`)
  const link = page.url()
  expect(hash(link)).toContain('depth=detail')
  expect(hash(link)).toContain('focus=2')
  await page.reload()
  await expect.poll(() => story.at()).toEqual(at)
  expect(await story.caption()).toBe(caption)
  await expect(story.benches).toHaveCount(1)
  expect(page.url()).toBe(link)

  const other = await context.newPage()
  await other.goto(link)
  await expect(other.locator('.caption [role="status"]')).toContainText(`Step ${at.step} of ${at.of}.`)
  await other.close()
})

test('steps replace the address, choices push it, and back undoes the choice', async ({ page, story }) => {
  await story.open()
  const before = await page.evaluate(() => history.length)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => hash(page.url())).toContain('step=2')
  expect(await page.evaluate(() => history.length)).toBe(before)
  await page.getByRole('button', { name: /^Variant of bench 2/ }).click()
  await page.getByRole('menuitemradio', { name: /^V9/ }).click()
  await expect(story.benches.nth(1)).toHaveAccessibleName(/V9/)
  await expect.poll(() => hash(page.url())).toContain('variants=V4,V9')
  expect((await story.at()).step).toBe(2)
  await page.goBack()
  await expect(story.benches.nth(1)).toHaveAccessibleName(/V5/)
  await page.keyboard.press('Shift+Z')
  await page.keyboard.press('z')
  await expect(story.benches.nth(1)).toHaveAccessibleName(/V5/)
})

test('a changed address on the open page is followed', async ({ page, story }) => {
  await story.open()
  await page.evaluate(() => { location.hash = '#scenario=canonical&variants=V1,V9&platform=rk3399&step=7&select=gem:A.2' })
  await expect(story.benches.nth(0)).toHaveAccessibleName(/V1/)
  await expect.poll(async () => (await story.at()).step).toBe(7)
  await page.keyboard.press('e')
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('gem:A.2')
})

for (const [what, fragment, said] of [
  ['an unknown variant', '#variants=V44,V5', 'There is no variant “V44”'],
  ['an unknown scenario', '#scenario=cannonical', 'There is no scenario “cannonical”'],
  ['an unknown platform', '#platform=rk3398', 'There is no platform “rk3398”'],
  ['no step at all', '#step=soon', 'no readable step'],
  ['a step beyond the end', '#step=9999', 'There is no step 9999'],
  ['an unknown landmark', '#landmark=dawn', 'no landmark “dawn”'],
  ['an unknown call to leave out', '#skip=Z.9', 'This program has no call Z.9 to leave out'],
  ['an unknown depth', '#depth=abyss', 'There is no depth “abyss”'],
  ['an object that never is', '#select=gem:Z.9', 'Nothing in these runs is called gem:Z.9'],
  ['a damaged program', '#edit=1.2', 'could not be read'],
  ['nonsense', '#%%%&&=&x', ''],
] as const) {
  test(`a link with ${what} opens the nearest moment and says so`, async ({ page, story }) => {
    await story.open(fragment)
    await expect(story.benches).toHaveCount(2)
    if (said) await expect(page.locator('.notices')).toContainText(said)
    const { step, of } = await story.at()
    expect(step).toBe(what.startsWith('a step beyond') ? of : 0)
    await page.keyboard.press('ArrowRight')
    if (step < of) await expect.poll(async () => (await story.at()).step).toBe(1)
  })
}
