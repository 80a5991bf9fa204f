/** The hardware of one machine, as the kernel and the machine loop reach it. */
export interface Hardware { readonly platform: Platform }

/** A platform preset: data only (hardware.md 2.2, 2.3). */
export interface Platform {
  readonly id: string
  readonly title: string
  /** Coherency class of the GPU path, and of every other device by driver name. */
  readonly cls: CoherencyClass
  readonly devCls: Readonly<Record<string, CoherencyClass>>
  /** What firmware tells the kernel, by driver name; selects DMA API behaviour only. */
  readonly dtCoherent: Readonly<Record<string, boolean>>
  readonly ncAlias: 'bypass' | 'selfsnoop'
  readonly ivacDirty: 'discard' | 'cleanfirst' | 'either'
  readonly linAlias: 'wb' | 'wc' | 'none'
  readonly wcEntries: number
  readonly ucDrainsWc: boolean
  readonly walkCoherent: boolean
  readonly cores: number
  /** First physical address of DRAM, in bytes. */
  readonly dramBase: number
  readonly leavesOut: string
}
export type CoherencyClass = 'NC' | 'IOC' | 'FC' | 'X86'
