/** Adding is one file: in a copy of the sources, one new file on each shelf is found without a second one being touched. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runnerImport } from 'vite'
import * as bites from '../worker/bites.ts'
import * as boot from '../kernel/boot.ts'
import * as ioctl from '../kernel/syscalls/ioctl.ts'
import * as trap from '../kernel/trap.ts'
import * as actors from '../machine/actors.ts'
import * as calls from '../userspace/calls.ts'
import * as catalog from '../worker/catalog.ts'

const sources = new URL('..', import.meta.url).pathname

/** Where the copy is made from, what is said differently in it, and where it must then be found: module, expression, name. */
interface Shelf { readonly copy: string; readonly to: string; readonly says: readonly (readonly [string | RegExp, string])[]; readonly found: (found: Found) => readonly unknown[]; readonly name: string }
const before = { bites, catalog, trap, ioctl, boot, calls, actors }
type Found = typeof before
const ids = (list: readonly { id: string }[] | undefined): string[] => (list ?? []).map(each => each.id)

const shelves: readonly (readonly [string, Shelf])[] = [
  ['a variant', { copy: 'variants/_template.ts', to: 'variants/planted.ts', says: [['V99', 'V98'], ['my-idea', 'planted']], found: f => ids(f.catalog.catalog().variants), name: 'planted' }],
  ['what a variant says', { copy: 'variants/_template.ts', to: 'variants/planted-says.ts', says: [['V99', 'V97'], ['my-idea', 'planted-says'], ['export default', 'export const says = { \'planted.variant\': \'Planted.\' }\nexport default']], found: f => Object.keys(f.catalog.catalog().says), name: 'planted.variant' }],
  ['a machine', { copy: 'variants/platforms/_template.ts', to: 'variants/platforms/planted.ts', says: [['my-board', 'planted-board']], found: f => ids(f.catalog.catalog().platforms), name: 'planted-board' }],
  ['an exporter kind', { copy: 'kernel/drivers/kms-shmem.ts', to: 'kernel/drivers/planted-kind.ts', says: [['name: \'kms-shmem\'', 'name: \'planted-kind\''], ['id: \'E1\'', 'id: \'P-E1\'']], found: f => ids(f.catalog.catalog().exporters), name: 'P-E1' }],
  ['an exporter that is no driver', { copy: 'kernel/exporters/system-heap.ts', to: 'kernel/exporters/planted-heap.ts', says: [['id: \'E6\'', 'id: \'P-E6\''], ['/dev/dma_heap/system', '/dev/dma_heap/planted']], found: f => ids(f.catalog.catalog().exporters), name: 'P-E6' }],
  ['a scenario', { copy: 'scenarios/_template.ts', to: 'scenarios/planted.ts', says: [['my-scenario', 'planted-scenario']], found: f => ids(f.catalog.catalog().scenarios), name: 'planted-scenario' }],
  ['a system call', { copy: 'kernel/syscalls/dup.ts', to: 'kernel/syscalls/planted.ts', says: [['name: \'dup\'', 'name: \'planted\'']], found: f => Object.keys(f.trap.syscalls), name: 'planted' }],
  ['an ioctl', { copy: 'kernel/ioctls/gem-close.ts', to: 'kernel/ioctls/planted.ts', says: [['name: \'DRM_IOCTL_GEM_CLOSE\'', 'name: \'DRM_IOCTL_PLANTED\'']], found: f => Object.keys(f.ioctl.ioctls), name: 'DRM_IOCTL_PLANTED' }],
  ['what an ioctl says', { copy: 'kernel/ioctls/gem-open.ts', to: 'kernel/ioctls/planted-says.ts', says: [[/DRM_IOCTL_GEM_OPEN'/, 'DRM_IOCTL_PLANTED_TOO\''], [/'gem\.refused\.name'/g, '\'planted.event\'']], found: f => Object.keys(f.catalog.catalog().says), name: 'planted.event' }],
  ['a driver', { copy: 'kernel/drivers/_template.ts', to: 'kernel/drivers/planted.ts', says: [['name: \'mine\'', 'name: \'planted\'']], found: f => Object.keys(f.boot.drivers), name: 'planted' }],
  ['a call of user space', { copy: 'userspace/calls/panfrost.ts', to: 'userspace/calls/planted.ts', says: [[/DRM_IOCTL_PANFROST/g, 'DRM_IOCTL_PLANTED']], found: f => Object.keys(f.calls.calls), name: 'DRM_IOCTL_PLANTED_CREATE_BO' }],
  ['a quirk', { copy: 'quirks/no-second-open.ts', to: 'quirks/planted.ts', says: [['id: \'no-second-open\'', 'id: \'planted\'']], found: f => ids(f.bites.quirks), name: 'planted' }],
  ['an actor', { copy: 'machine/actors/gpu.ts', to: 'machine/actors/planted.ts', says: [['id: \'gpu\'', 'id: \'planted\'']], found: f => ids(f.actors.actors), name: 'planted' }],
]

let folder = ''
let after: Found

async function load(root: string): Promise<Found> {
  const entry = join(root, 'all.ts')
  writeFileSync(entry, `
    export * as bites from './worker/bites.ts'
    export * as catalog from './worker/catalog.ts'
    export * as trap from './kernel/trap.ts'
    export * as ioctl from './kernel/syscalls/ioctl.ts'
    export * as boot from './kernel/boot.ts'
    export * as calls from './userspace/calls.ts'
    export * as actors from './machine/actors.ts'
  `)
  const { module } = await runnerImport<Found>(entry, { root, configFile: false, logLevel: 'error' })
  return module
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bufscope-'))
  cpSync(sources, join(folder, 'src'), { recursive: true })
  for (const [, { copy, to, says }] of shelves) {
    let text = readFileSync(join(folder, 'src', copy), 'utf8')
    for (const [from, by] of says) {
      expect(text, copy).toMatch(from)
      text = text.replace(from, by)
    }
    writeFileSync(join(folder, 'src', to), text)
  }
  after = await load(join(folder, 'src'))
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(shelves)('%s', (_title, { found, name }) => {
  expect(found(before)).not.toContain(name)
  expect(found(after)).toContain(name)
})

test('a template is on no shelf', () => {
  expect(ids(before.catalog.catalog().variants)).not.toContain('my-idea')
  expect(ids(before.catalog.catalog().scenarios)).not.toContain('my-scenario')
})
