/** What can be chosen beside a scenario: exporters, importers and variants that it has a text for. A program of the reader's own may be tried with all. */
import type { Catalog, Choice, Recipe, VariantChoice } from '../../journal/run.ts'

type Asked = Pick<Recipe, 'scenario' | 'program'>

function has(catalog: Catalog, { scenario, program }: Asked, axis: 'exporters' | 'importers', id: string): boolean {
  return program !== undefined || (catalog.scenarios.find((each) => each.id === scenario)?.[axis].includes(id) ?? true)
}
export const offered = (catalog: Catalog, asked: Asked, axis: 'exporters' | 'importers'): readonly Choice[] => catalog[axis].filter(({ id }) => has(catalog, asked, axis, id))

export const variantsOffered = (catalog: Catalog, asked: Asked): readonly VariantChoice[] => catalog.variants.filter(({ scenarios, parts }) =>
  (scenarios?.includes(asked.scenario) ?? true) && has(catalog, asked, 'importers', parts.importer) && (parts.exporter === undefined || has(catalog, asked, 'exporters', parts.exporter)))
