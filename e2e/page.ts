/** The page as journeys see it: `story.open(fragment)` waits until the runs are whole; every journey fails on an error in the console. */
import { expect, test as base, type Page } from '@playwright/test'

export interface Story {
  /** Opens the page at a fragment such as `#variants=V1,V9&step=3`; nothing opens the story. */
  open(fragment?: string): Promise<void>
  /** Where the playhead stands, read from the caption for screen readers: step and number of steps. */
  at(): Promise<{ step: number; of: number }>
  /** The same text, after "Step n of m." */
  caption(): Promise<string>
  readonly benches: ReturnType<Page['locator']>
}

/** What Playwright says when it lets a page keep nothing for later: only one journey is about that, and others route what is asked for. */
const NO_SERVICE_WORKER = 'Service Worker registration blocked by Playwright'

/** Errors that this journey expects; a test may push one that it provokes. */
export const test = base.extend<{ errors: string[]; story: Story; place: string }>({
  /** Where the page lies, up to the fragment. */
  place: ['./', { option: true }],
  errors: [async ({ page }, use) => {
    const errors: string[] = []
    page.on('console', message => { if (/^(error|warning)$/.test(message.type()) && message.text() !== NO_SERVICE_WORKER) errors.push(`${message.type()}: ${message.text()}`) })
    page.on('pageerror', error => { errors.push(`uncaught: ${error.stack ?? error.message}`) })
    // A page that is left or loaded again gives up what it was fetching.
    page.on('requestfailed', request => { if (request.failure()?.errorText !== 'net::ERR_ABORTED') errors.push(`request failed: ${request.url()}`) })
    page.on('response', response => { if (response.status() >= 400) errors.push(`${response.status()}: ${response.url()}`) })
    await use(errors)
    expect(errors, 'errors on the page').toEqual([])
  }, { auto: true }],
  story: async ({ page, place }, use) => {
    const said = page.locator('.caption [role="status"]')
    const read = async (): Promise<RegExpExecArray> => {
      const text = (await said.textContent()) ?? ''
      const found = /^Step (\d+) of (\d+)\.\s*(.*)$/s.exec(text)
      if (!found) throw new Error(`The caption does not tell the step: ${text}`)
      return found
    }
    await use({
      benches: page.locator('section.bench'),
      async open(fragment = '') {
        // The same document with another fragment would be a change of address, not an opening.
        await page.goto('about:blank')
        await page.goto(`${place}${fragment}`)
        await expect(said).toHaveText(/^Step \d+ of [1-9]\d*\./)
        await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      },
      async at() {
        const [, step, of] = await read()
        return { step: Number(step), of: Number(of) }
      },
      async caption() { return (await read())[3]! },
    })
  },
})
export { expect }
