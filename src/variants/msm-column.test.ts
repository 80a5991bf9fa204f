/** The column of the table of outcomes for an importer that maps by itself to this day: msm on Linux 6.19, every exporter kind. */
import { expect, test } from 'vitest'
import { cellOf } from '../worker/cell.ts'
import { runRecipe } from '../worker/run-recipe.ts'

const cell = (exporter: string, flags: string): string =>
  cellOf(['Y0', 'Y1'].map(sync => runRecipe({ scenario: 'canonical', variant: '', platform: 'rk3399', importer: 'msm', kernel: 'KNOW', path: 'N', exporter, flags, sync })))

/** A card's memory is write-combined in the model, so E5 has no star. Right past the cache where the exporter's own mapping is cached; nothing to put in where there is no page. */
const COLUMN: Readonly<Record<string, string>> = {
  E1: 'ok; good/good', E2: 'ok; good*/good*', E3: 'ok; good/good', E4: 'oops', E5: 'ok; good/good', E6: 'ok; good*/good*', E7: 'ok; good*/good*', E8: 'ok; good*/good*', E9: 'ok; good/good', E10: 'ok; good*/good*',
}
test.each(Object.entries(COLUMN))('%s: %s', (exporter, want) => expect(cell(exporter, 'F1')).toBe(want))
test('the mode of the export has no say', () => { for (const exporter of ['E1', 'E3', 'E4']) expect(cell(exporter, 'F0'), exporter).toBe(COLUMN[exporter]) })
