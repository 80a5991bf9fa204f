/** What is known of a machine beyond its rules: names, sizes, and from where. It is shown, and changes no result. */
export interface BoardSource { readonly title: string; readonly version: string; readonly url: string }

export interface Board {
  /** `2 × Cortex-A72, 4 × Cortex-A53`. */
  readonly cpu: string
  /** Bytes of the second-level caches, one for each cluster; empty: not known. */
  readonly cpuL2Bytes: readonly number[]
  readonly gpu: {
    readonly name: string
    /** The driver that this GPU has in Linux. */
    readonly driver: string
    /** null: not known. */
    readonly l2Bytes: number | null
    readonly l2Ways: number | null
    readonly vaBits: number | null
    readonly paBits: number | null
    readonly spaces: number | null
    readonly slots: number | null
    /** What that driver does to the GPU's cache around a job, in a few words. */
    readonly flush: string
    /** How that driver maps its own buffers for the CPU, in a few words. */
    readonly maps: string
  }
  readonly display: {
    readonly name: string
    /** It takes one range of addresses; pages that lie scattered are refused. */
    readonly contiguous: boolean
  }
  /** Where the facts are from. */
  readonly sources: readonly BoardSource[]
  /** Statements that nobody checked. */
  readonly unverified: readonly string[]
}
