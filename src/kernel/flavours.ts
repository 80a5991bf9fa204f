/** The shelf of kernels that can be chosen, and what each gets of the exporters that are there. */
import { exporterNodes, exporterOps, exporterQueues, exporterVmOps, shelve } from './exporter-shelf.ts'
import type { Flavour } from './flavours/_flavour.ts'
import type { KernelParts } from './parts.ts'

const shelf: Record<string, KernelParts> = {}
export const flavours: Readonly<Record<string, KernelParts>> = shelf

/** Gives every kernel the exporters that its release has. */
function equip(): void {
  for (const { release, vmOps, dmaBufOps, plainNodes, queues } of Object.values(shelf)) {
    Object.assign(vmOps, exporterVmOps())
    Object.assign(dmaBufOps, exporterOps(release))
    Object.assign(queues, exporterQueues())
    Object.assign(plainNodes, exporterNodes(release))
  }
}
export function stockFlavours(files: Readonly<Record<string, { readonly default: Flavour }>>): void {
  for (const { default: { name, parts } } of Object.values(files)) shelf[name] = parts
  equip()
}
// The opening story is of 2019.
stockFlavours(import.meta.env.SSR
  ? import.meta.glob<{ default: Flavour }>(['./flavours/*.ts', '!./flavours/*.test.ts', '!./flavours/_*.ts'], { eager: true })
  : import.meta.glob<{ default: Flavour }>('./flavours/k52.ts', { eager: true }))

export function stockExporters(files: Parameters<typeof shelve>[0]): void {
  shelve(files)
  equip()
}
