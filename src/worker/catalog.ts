/** Everything that can be chosen, and how events are said. */
import type { Catalog, Choice, VariantChoice } from '../journal/run.ts'
import { stopsAmong } from '../machine/stops.ts'
import { calls } from '../userspace/calls.ts'
import { GROUPS, type Variant } from '../machine/variant.ts'
import { parts, scenarios, variants, variantSays } from './shelves.ts'

type Saying = { readonly says?: Readonly<Record<string, string>>; readonly default?: { readonly says?: Readonly<Record<string, string>> } }
const files = import.meta.glob<Saying>([
  '../hardware/*.ts', '../kernel/**/*.ts', '../userspace/**/*.ts', '../machine/**/*.ts', '!../machine/{random-program,recording}.ts', '!../**/*.test.ts', '!../**/_*.ts',
], { eager: true })

/** How each call's own end is said, as `call.leave:open` and `call.leave:open:failed`. */
const ends = Object.values(calls).flatMap(({ name, done, failed }) => [
  ...(done === undefined ? [] : [[`call.leave:${name}`, done]]), ...(failed === undefined ? [] : [[`call.leave:${name}:failed`, failed]]),
])
export const says: Readonly<Record<string, string>> = Object.assign(
  {}, ...Object.values(files).flatMap(file => [file.says, file.default?.says]), Object.fromEntries(ends),
) as Record<string, string>

function variantChoice({ number, id, title, why, who, where, from, until, sources = [], parts: chosen, shows, group = GROUPS.at(-1)!, scenarios: told }: Variant): VariantChoice {
  return { number, id, title, why, who, where, from: from ?? null, until: until ?? null, sources, parts: chosen, shows, group, scenarios: told ?? null }
}

const choice = ({ id, title, why }: Choice): Choice => ({ id, title, why })

export const catalog = (): Catalog => ({
  model: '1',
  scenarios: scenarios.map(({ program, ...rest }) => ({ ...choice(rest), program })),
  groups: GROUPS,
  variants: variants.map(variantChoice),
  kernels: parts.kernel.map(choice),
  platforms: parts.platform.map(choice),
  exporters: parts.exporter.map(choice),
  importers: parts.importer.map(choice),
  flags: parts.flags.map(choice),
  paths: parts.path.map(choice),
  syncs: parts.sync.map(choice),
  says: { ...says, ...variantSays },
  stops: stopsAmong(Object.keys({ ...says, ...variantSays })),
})
