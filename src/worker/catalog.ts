/** Everything that can be chosen, and how events are said. Sent once. */
import type { Catalog, Choice } from '../journal/run.ts'
import { stopsAmong } from '../machine/stops.ts'
import { calls } from '../userspace/calls.ts'
import { parts, scenarios, variants } from './shelves.ts'

type Saying = { readonly says?: Readonly<Record<string, string>>; readonly default?: { readonly says?: Readonly<Record<string, string>> } }
const files = import.meta.glob<Saying>([
  '../hardware/*.ts', '../kernel/**/*.ts', '../userspace/**/*.ts', '../machine/**/*.ts', '../variants/*.ts', '!../machine/{random-program,recording}.ts', '!../**/*.test.ts', '!../**/_*.ts',
], { eager: true })

/** How each call's own end is said, as `call.leave:open` and `call.leave:open:failed`. */
const ends = Object.values(calls).flatMap(({ name, done, failed }) => [
  ...(done === undefined ? [] : [[`call.leave:${name}`, done]]), ...(failed === undefined ? [] : [[`call.leave:${name}:failed`, failed]]),
])
export const says: Readonly<Record<string, string>> = Object.assign(
  {}, ...Object.values(files).flatMap(file => [file.says, file.default?.says]), Object.fromEntries(ends),
) as Record<string, string>

const choice = ({ id, title, why }: Choice): Choice => ({ id, title, why })

export const catalog = (): Catalog => ({
  model: '1',
  scenarios: scenarios.map(({ program, ...rest }) => ({ ...choice(rest), program })),
  variants: variants.map(({ number, id, title, why, who, where, parts: chosen, shows }) => ({ number, id, title, why, who, where, parts: chosen, shows })),
  kernels: parts.kernel.map(choice),
  platforms: parts.platform.map(choice),
  exporters: parts.exporter.map(choice),
  importers: parts.importer.map(choice),
  flags: parts.flags.map(choice),
  paths: parts.path.map(choice),
  syncs: parts.sync.map(choice),
  says,
  stops: stopsAmong(Object.keys(says)),
})
