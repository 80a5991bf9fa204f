/**
 * Boot: the devices of a machine with the hook tables of its kernel's release, and the first tasks.
 * Mirrors: drm_dev_register of each driver. Leaves out: probing, modules, firmware.
 */
import { assert } from '../base/assert.ts'
import type { Hardware } from '../hardware/hardware.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { World } from '../world/world.ts'
import type { Kernel } from './context.ts'
import { partyOf } from './dma-map.ts'
import { hooksFor, type Driver, type DriverHooks } from './driver.ts'
import type { Iommu } from './hooks.ts'
import type { KernelParts } from './parts.ts'
import { stocking } from './stock.ts'
import { createTask } from './task.ts'
import type { Says } from './syscall.ts'

const shelf: Record<string, Driver> = {}
export const drivers: Readonly<Record<string, Driver>> = shelf
export const stockDrivers = stocking(shelf)
stockDrivers(import.meta.env.SSR
  ? import.meta.glob<{ default: Driver }>(['./drivers/*.ts', '!./drivers/*.test.ts', '!./drivers/_*.ts'], { eager: true })
  : import.meta.glob<{ default: Driver }>('./drivers/{panfrost,rockchip}.ts', { eager: true }))

declare module '../journal/vocabulary.ts' {
  interface Events { 'boot.devices': { release: string; devices: number } }
}
export const says: Says = { 'boot.devices': 'Linux {release} has started with {devices} graphics devices.' }

export interface DeviceToBoot { readonly driver: string; readonly card: string; readonly render: string | null }

/** What the machine needs to make calls: the context of any task. */
export interface Booted {
  readonly devices: readonly Id<'device'>[]
  readonly drivers: Readonly<Record<Id<'device'>, DriverHooks>>
  context(task: Id<'task'>): Kernel
  /** A new process with nothing open. The id is `task:` + letter. */
  start(letter: string, name?: string): Id<'task'>
}

const equipped = new WeakMap<KernelParts, Map<string, KernelParts>>()
/** The kernel's parts with what the drivers of a machine have for their own areas; made once for each set of drivers, as recordings boot by the thousand. */
function withDrivers(parts: KernelParts, devices: readonly DeviceToBoot[], hooks: Readonly<Record<Id<'device'>, DriverHooks>>): KernelParts {
  const key = devices.map(({ driver }) => driver).join()
  const known = equipped.get(parts) ?? new Map<string, KernelParts>()
  equipped.set(parts, known)
  let found = known.get(key)
  if (!found) {
    const own = Object.fromEntries(Object.values(hooks).flatMap(({ vmOps, ownVmOps }) => (vmOps && ownVmOps ? [[vmOps, ownVmOps]] : [])))
    found = { ...parts, vmOps: { ...parts.vmOps, ...own } }
    known.set(key, found)
  }
  return found
}

/** `iommus`: those of the machine, by the names under which its platform knows devices. */
export function bootKernel(world: World, hw: Hardware, parts: KernelParts, devices: readonly DeviceToBoot[], iommus: Readonly<Record<string, Iommu>> = {}): Booted {
  world.create('kernel:0', { nextIno: 1, nextPid: 1, bug: null, mair: hw.platform.cpuTables?.types ?? parts.mair.bytes })
  const hooks: Record<Id<'device'>, DriverHooks> = {}
  for (const { driver: name, card, render } of devices) {
    const driver = drivers[name.replace(/#\d+$/, '')]
    assert(driver, `there is no driver ${name}`)
    const id: Id<'device'> = `device:${card}`
    world.create(id, { driver: name, card, render, names: {}, offsets: [], firstHole: 0, opens: 0, mmu: null })
    hooks[id] = hooksFor(driver, parts.release)
  }
  world.emit('boot.devices', { release: parts.release, devices: devices.length })
  const ids = Object.keys(hooks) as Id<'device'>[]
  const whole = withDrivers(parts, devices, hooks)
  const contexts = new Map<Id<'task'>, Kernel>()
  const context = (task: Id<'task'>): Kernel => {
    let k = contexts.get(task)
    if (!k) contexts.set(task, (k = { world, hw, parts: whole, drivers: hooks, task }))
    return k
  }
  for (const id of ids) {
    const k = context('task:boot')
    // A GPU brings its own tables; before another device there may be an IOMMU.
    const iommu = iommus[partyOf(k, id)]
    if (iommu && !hooks[id]!.tables) hooks[id] = { ...hooks[id], iommu }
    const { tables = hooks[id]!.iommu, probe } = hooks[id]!
    tables?.probe(k, id)
    probe?.(k, id)
  }
  return { devices: ids, drivers: hooks, context, start: (letter, name = letter) => createTask({ world }, `task:${letter}`, name, letter) }
}
