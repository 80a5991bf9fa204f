/**
 * axe on every page in every theme: the rules of WCAG 2.2 AA and the best practices of axe. What colours have no part in is the same in
 * all themes: each state is asked for all of it once, and once more in each other theme for what its colours make of it.
 */
import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { THEMES } from '../src/app/theme.ts'
import { expect, test, type Story } from './page.ts'

const BY_COLOUR = ['color-contrast', 'link-in-text-block']
const OTHER_THEMES = THEMES.filter((theme) => theme !== 'system' && theme !== 'light')

interface Place { readonly page: Page; readonly story: Story }
/** `within`: the part that is new; the rest of the page was looked at before. */
type State = readonly [what: string, reach: (place: Place) => Promise<unknown>, within?: string]
interface Case { readonly name: string; readonly states: readonly State[]; readonly phone?: { readonly width: number; readonly height: number } }
const UPRIGHT = { width: 390, height: 844 }
const ON_ITS_SIDE = { width: 844, height: 390 }

const key = (...names: string[]) => async ({ page }: Place): Promise<void> => { for (const name of names) await page.keyboard.press(name) }
const panel = (name: string): State => [name, async ({ page }) => {
  await page.getByRole('button', { name, exact: true }).click()
  await expect(page.locator('.panel')).toBeVisible()
}, '.panel']
const at = (fragment: string) => async ({ page, story }: Place): Promise<void> => {
  await story.open(fragment)
  await expect(page.locator('.camera, .camera-opener, .slide-room svg, .embed').last()).toBeVisible()
}
const pageAt = (fragment: string, ready: (page: Page) => Promise<unknown>) => async ({ page }: Place): Promise<void> => {
  await page.goto(`./${fragment}`)
  await ready(page)
}
const overlay = (of: Page) => expect(of.getByRole('dialog')).toBeVisible()

const CASES: readonly Case[] = [
  { name: 'the story', states: [
    ['the divergence', async (place) => {
      await at('')(place)
      await key('x', 'x')(place)
      await expect.poll(() => place.story.caption()).toContain('two answers')
    }],
    ['why', async (place) => { await key('e')(place); await expect(place.page.locator('.panel')).toBeVisible() }, '.panel'],
    ['all keys', async (place) => { await key('Escape', '?')(place); await overlay(place.page) }, '[role="dialog"]'],
    ['the palette', async (place) => { await key('Escape', 'Control+k')(place); await overlay(place.page) }, '[role="dialog"]'],
    ['a menu', async (place) => { await key('Escape')(place); await place.page.getByRole('button', { name: /^Variant of bench 1/ }).click(); await expect(place.page.getByRole('menu')).toBeVisible() }, '#layer'],
  ] },
  { name: 'panels', states: [['stripes', at('#scenario=canonical&variants=V1,V5&platform=rk3399&exporter=E2&landmark=day%20shown')], panel('Story'), panel('Program'), panel('Text'), panel('Costs'), panel('Explore'), panel('Take it with you')] },
  { name: 'four benches', states: [['at a step', at('#variants=V4,V21,V7,V9&step=42')]] },
  { name: 'from close', states: [
    ['the stage', at('#step=36&zoom=3:300:550')],
    ['overview', async (place) => { await key('o')(place); await expect(place.page.locator('.from-afar .far')).toHaveCount(22) }],
  ] },
  { name: 'on a phone', phone: UPRIGHT, states: [
    ['the story', at('#step=36')],
    ['the choices', async ({ page }) => { await page.getByRole('button', { name: 'Choices' }).click(); await overlay(page) }, '[role="dialog"]'],
  ] },
  { name: 'on a phone on its side', phone: ON_ITS_SIDE, states: [['the story', at('#step=37')]] },
  { name: 'reading', states: [['predicted', pageAt('#read=who-may-write', async (page) => {
    await expect(page.locator('section.bench .verdict')).toBeVisible()
    await page.getByLabel('It fails with EACCES, as here').check()
    await page.getByRole('button', { name: 'Press: run it' }).click()
    await expect(page.getByText('Not so.')).toBeVisible()
  })]] },
  { name: 'reading on a phone', phone: UPRIGHT, states: [['a chapter', pageAt('#read=who-may-write', (page) => expect(page.locator('section.bench .verdict')).toBeVisible())]] },
  { name: 'hazards', states: [['the list', pageAt('#hazards', (page) => expect(page.getByRole('listitem')).toHaveCount(22))]] },
  { name: 'evidence', states: [
    ['all agree', pageAt('#evidence', (page) => expect(page.locator('.evidence')).toContainText('agree', { timeout: 30_000 }))],
    ['a sequence', pageAt('#evidence&file=5.2.1/scenarios&sequence=thread/ro-export-shmem-to-shmem&op=9', (page) => expect(page.getByRole('dialog').locator('tr[aria-current="true"]')).toBeVisible()), '[role="dialog"]'],
  ] },
  { name: 'gallery', states: [['all pictures', pageAt('#gallery', (page) => expect(page.locator('.gallery')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 }))]] },
  { name: 'embedded', states: [['a step', at('#step=36&view=embed')]] },
  { name: 'embedded in a low frame', phone: { width: 640, height: 360 }, states: [['a step', at('#step=37&view=embed')]] },
  { name: 'talk', states: [
    ['a slide', at('#step=37&view=talk')],
    ['its buttons', ({ page }) => page.mouse.move(300, 300), '.controls'],
    ['another', at('#step=44&view=talk')],
    ['its overview', async (place) => { await key('o')(place); await overlay(place.page) }, '[role="dialog"]'],
  ] },
  { name: 'the presenter', states: [['notes', async (place) => { await at('#step=37&view=presenter')(place); await expect(place.page.getByRole('region', { name: 'Notes' })).toContainText('Same call') }]] },
]

async function look(page: Page, within: string | undefined, only?: string[]): Promise<string[]> {
  // A link to a fragment is the address of a page here, never a skip link.
  const axe = new AxeBuilder({ page }).disableRules('skip-link')
  if (within !== undefined) axe.include(within)
  if (only) axe.withRules(only)
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? node.html}`).join(' | ')}`)
}

for (const { name, states, phone } of CASES) {
  test.describe(name, () => {
    if (phone) test.use({ viewport: phone, hasTouch: true, isMobile: true })
    test(`axe finds nothing: ${name}`, async ({ page, story }) => {
      test.setTimeout(180_000)
      await page.emulateMedia({ colorScheme: 'light' })
      const found: string[] = []
      for (const [what, reach, within] of states) {
        await reach({ page, story })
        found.push(...(await look(page, within)).map((wrong) => `${what}, light: ${wrong}`))
        for (const theme of OTHER_THEMES) {
          await page.evaluate((wish) => { document.documentElement.dataset['theme'] = wish }, theme)
          found.push(...(await look(page, within, BY_COLOUR)).map((wrong) => `${what}, ${theme}: ${wrong}`))
        }
        await page.evaluate(() => { document.documentElement.dataset['theme'] = 'light' })
      }
      expect(found).toEqual([])
    })
  })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing: printed pages, ${colorScheme}`, async ({ page, story, context }) => {
    await page.emulateMedia({ colorScheme })
    await story.open('#step=37')
    await page.getByRole('button', { name: 'Take it with you' }).click()
    await page.getByRole('spinbutton', { name: 'from' }).fill('36')
    await page.getByRole('spinbutton', { name: 'to' }).fill('38')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save: Pages (print, PDF)' }).click()])
    const sheet = await context.newPage()
    await sheet.setContent(await readFile(await download.path(), 'utf8'))
    for (const media of ['screen', 'print'] as const) {
      await sheet.emulateMedia({ media, colorScheme })
      await expect(sheet.getByRole('img')).toHaveCount(3)
      expect(await look(sheet, undefined)).toEqual([])
    }
    await sheet.close()
  })
}
