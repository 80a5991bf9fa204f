/** The page as one file in Firefox and in WebKitGTK, where they are installed: the story, another variant, the evidence, a hazard, a talk. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { others, type Driven } from './other-browsers.ts'

const FILE = new URL('../dist/bufscope.html', import.meta.url)
const said = (page: Driven) => page.ask<string | null>(`return document.querySelector('.caption [role="status"]')?.textContent ?? null`)
const busy = (page: Driven) => page.ask<number>(`return document.querySelectorAll('[aria-busy="true"]').length`)
const wait = { timeout: 30_000 }

for (const [name, launch] of others) {
  test.describe(name, () => {
    // It asks nothing: the list of journeys says what was not tried.
    test.setTimeout(180_000)
    let page: Driven
    test.beforeAll(async () => {
      if (!existsSync(fileURLToPath(FILE))) throw new Error('dist/bufscope.html is not there. Run npm run build first.')
      page = await launch()
    })
    test.afterAll(() => page?.close())

    test('the story opens from the disk, steps there and back, and shows the bytes', async () => {
      await page.open(FILE.href)
      await expect.poll(() => said(page), wait).toMatch(/^Step 0 of [1-9]/)
      for (let step = 1; step <= 3; step++) {
        await page.press('ArrowRight')
        await expect.poll(() => said(page), wait).toMatch(new RegExp(`^Step ${step} of `))
      }
      await page.press('PageUp')
      await expect.poll(() => said(page), wait).toMatch(/^Step 2 of /)
      await expect.poll(() => page.ask(`return location.hash`), wait).toContain('step=2')
      await page.press('End')
      await expect.poll(() => said(page), wait).toMatch(/^Step (\d+) of \1\./)
      expect(await page.ask(`return [...document.querySelectorAll('section.bench')].map((bench) => bench.querySelector('image') !== null)`)).toEqual([true, true])
      const faces = await page.ask<string[]>(`return [...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family.replaceAll('"', ''))`)
      expect(faces).toEqual(expect.arrayContaining(['Inter', 'JetBrains Mono']))
    })

    test('a link into it opens its variants at its step, and X goes to the difference', async () => {
      await page.open(`${FILE.href}#variants=V4,V9&step=3`)
      await expect.poll(() => page.ask(`return document.querySelectorAll('section.bench')[1]?.getAttribute('aria-label')`), wait).toContain('V9')
      await expect.poll(() => busy(page), wait).toBe(0)
      await expect.poll(() => said(page), wait).toMatch(/^Step 3 of /)
      await page.press('x')
      await expect.poll(() => said(page), wait).not.toMatch(/^Step 3 of /)
    })

    test('the recordings are replayed, all of them', async () => {
      await page.open(`${FILE.href}#evidence`)
      await expect.poll(() => page.ask(`return document.querySelector('.run [role="status"]')?.textContent ?? ''`), { timeout: 90_000 }).toMatch(/^Done/)
      const [, agree, all] = /([\d, \u202f]+) of ([\d, \u202f]+)/.exec(await page.ask<string>(`return document.querySelector('.run .figure').textContent`))!
      expect(agree!.trim()).toBe(all!.trim())
    })

    test('a hazard of the list is seen on the stage', async () => {
      await page.open(`${FILE.href}#hazards`)
      await expect.poll(() => page.ask(`return document.querySelectorAll('main li').length`), wait).toBe(22)
      await page.ask(`document.querySelector('[aria-label="See H9 bite"]').click()`)
      await expect.poll(() => page.ask(`return document.querySelector('.quirk[data-hazard="H9"]') !== null`), wait).toBe(true)
    })

    test('a talk goes forward by the keys of a clicker', async () => {
      await page.open(`${FILE.href}#variants=V5&platform=rk3399&step=3&view=talk`)
      const words = () => page.ask<string>(`return document.querySelector('.talk')?.textContent ?? ''`)
      await expect.poll(words, wait).toContain('3 / ')
      await page.press('PageDown')
      await expect.poll(words, wait).toMatch(/[45] \/ /)
    })
  })
}
