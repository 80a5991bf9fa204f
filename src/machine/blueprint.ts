/** The whole machine on one page: every part and policy that a variant can replace. */
import type { Way } from '../kernel/exporter.ts'
import type { Iommu } from '../kernel/hooks.ts'
import type { KernelParts } from '../kernel/parts.ts'
import type { Hardware, Platform } from '../hardware/hardware.ts'
import type { MesaParts } from '../userspace/mesa/parts.ts'

/** `dumb`: a plain buffer of the display, by its card. Otherwise the node by which a process comes to the exporter. */
export interface Allocation { readonly way: Way; readonly node: string }

export interface DeviceSpec {
  /** Name of a file in kernel/drivers. */
  readonly driver: string
  /** `card0`. */
  readonly card: string
  /** `renderD128`, or null. */
  readonly render: string | null
  /** What it is in the story: `exporter`, `importer`, ''. */
  readonly role: 'exporter' | 'importer' | ''
}

export interface Blueprint {
  /** Ids of the choices made, by axis, for the header of a run: kernel, flags, path, exporter, importer, sync, platform. */
  readonly chosen: Readonly<Record<string, string>>
  readonly kernel: KernelParts
  readonly platform: Platform
  /** IOMMUs of the platform, by the names under which it knows devices (hardware.ts). */
  readonly iommus?: Readonly<Record<string, Iommu>>
  /** A memory system with another rule in it; absent: the platform's own. */
  readonly hardware?: (own: Hardware) => Hardware
  readonly devices: readonly DeviceSpec[]
  readonly mesa: MesaParts
  /** How the story's first process comes to its buffer: a scenario has a text for each way. */
  readonly allocation: Allocation
}
