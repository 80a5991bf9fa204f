/** Everything that can be chosen, and how events are said. */
import type { Catalog, Choice, ScenarioChoice, VariantChoice } from '../journal/run.ts'
import { stopsAmong } from '../machine/stops.ts'
import type { Scenario } from '../machine/scenario.ts'
import { GROUPS, type Variant } from '../machine/variant.ts'
import { offered } from './choose.ts'
import { says } from './says.ts'
import { hazardStories, parts, scenarios, variants } from './shelves.ts'

function variantChoice({ number, id, title, why, who, where, from, until, sources = [], parts: chosen, shows, group = GROUPS.at(-1)!, scenarios: told }: Variant): VariantChoice {
  return { number, id, title, why, who, where, from: from ?? null, until: until ?? null, sources, parts: chosen, shows, group, scenarios: told ?? null }
}

const scenarioChoice = (found: Scenario): ScenarioChoice => ({
  ...choice(found), program: found.program, hazard: found.hazard ?? null, exporters: offered(found, 'exporter').map(p => p.id), importers: offered(found, 'importer').map(p => p.id),
})
const choice = ({ id, title, why }: Choice): Choice => ({ id, title, why })

export const catalog = (): Catalog => ({
  model: '1',
  scenarios: [...scenarios, ...hazardStories].map(scenarioChoice),
  groups: GROUPS,
  variants: variants.map(variantChoice),
  kernels: parts.kernel.map(choice),
  platforms: parts.platform.map(choice),
  exporters: parts.exporter.map(choice),
  importers: parts.importer.map(choice),
  flags: parts.flags.map(choice),
  paths: parts.path.map(choice),
  syncs: parts.sync.map(choice),
  says: { ...says },
  stops: stopsAmong(Object.keys(says)),
})
