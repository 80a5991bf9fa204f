/** The moments that matter, at three sizes in two themes, as PNG files. */
import { test } from './page.ts'

const SIZES = { '1920x1080': [1920, 1080], '1280x720': [1280, 720], '390x844': [390, 844] } as const
/** Keys are pressed once the page stands at its fragment. */
const MOMENTS: Readonly<Record<string, { readonly fragment?: string; readonly keys?: readonly string[] }>> = {
  '0-start': {},
  '1-seed': { keys: ['x'] },
  '2-divergence': { keys: ['x', 'x'] },
  '3-why': { keys: ['x', 'x', 'e'] },
  '4-detail': { fragment: '#variants=V1,V9&depth=detail&landmark=mapped', keys: ['ArrowLeft', 'ArrowLeft'] },
  '5-leak': { fragment: '#variants=V2,V6', keys: ['End'] },
  '6-stripes': { fragment: '#variants=V1,V5&exporter=E2&landmark=day%20shown' },
  '7-hostile': { fragment: '#scenario=canonical-hostile&variants=V5,V9&landmark=owner%20gone' },
}

for (const [size, [width, height]] of Object.entries(SIZES)) for (const theme of ['light', 'night']) {
  test(`${size} ${theme}`, async ({ page, story }) => {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme: theme === 'night' ? 'dark' : 'light' })
    for (const [name, { fragment, keys }] of Object.entries(MOMENTS)) {
      await story.open(fragment)
      for (const key of keys ?? []) await page.keyboard.press(key)
      await page.waitForTimeout(400)
      await page.screenshot({ path: `shots/${name}.${size}.${theme}.png` })
    }
  })
}
