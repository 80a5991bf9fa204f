/**
 * What Mesa knows of each kernel driver: which ioctl tells an offset, an address or the end of a job, and what its own functions are
 * called. One driver, one file in `winsys/`; where a driver has none, Mesa draws with the CPU and maps as any card can be mapped.
 */
import type { SubmitPart } from './job-parts.ts'
import type { MesaParts } from './parts.ts'

/** One ioctl on the GPU's node. */
export interface Asked { readonly request: string; readonly arg: Readonly<Record<string, unknown>> }
type Answer = Readonly<Record<string, number>>

export interface Winsys {
  /** Name of the kernel driver; '' for the one that stands in for all others. */
  readonly driver: string
  /** Its functions for an import and for a pointer, of 2019 and of today. */
  readonly imports: readonly [string, string]
  readonly maps: readonly [string, string]
  /** Mesa of 2019 mapped every import at once, and aborted when that failed. */
  readonly mapsImports2019?: true
  /** Where the GPU sees a buffer; absent: the kernel puts addresses into a job itself. */
  readonly address?: { ask(handle: number): Asked; of(answer: Answer): number }
  /** The fake offset; absent: MODE_MAP_DUMB on the card is all there is. */
  readonly offset?: { ask(handle: number): Asked; of(answer: Answer): number }
  /** Around an access of the CPU, where the driver has calls for that. */
  readonly prep?: (handle: number) => Asked
  readonly fini?: (handle: number) => Asked
  /** Absent: there is no GPU, and nothing to hand over or to wait for. */
  readonly job?: {
    /** Its functions for that, of 2019 and of today. */
    readonly submits: readonly [string, string]
    readonly waits: readonly [string, string]
    submit(parts: readonly SubmitPart[]): Asked
    wait(handle: number, timeout: number): Asked
  }
}

const shelf: Record<string, Winsys> = {}
/** By the name of the kernel driver. */
export const winsyses: Readonly<Record<string, Winsys>> = shelf
/** The page's worker comes with those of its first run and fetches the rest (worker/rest.ts). */
export function stockWinsyses(files: Readonly<Record<string, { readonly default: Winsys }>>): void {
  for (const { default: winsys } of Object.values(files)) shelf[winsys.driver] = winsys
}
stockWinsyses(import.meta.env.SSR
  ? import.meta.glob<{ default: Winsys }>(['./winsys/*.ts', '!./winsys/*.test.ts', '!./winsys/_*.ts'], { eager: true })
  : import.meta.glob<{ default: Winsys }>('./winsys/{kms-swrast,panfrost}.ts', { eager: true }))

/** What the loader chose when the node was opened. */
export const winsysOf = ({ winsys }: MesaParts): Winsys => winsyses[winsys] ?? winsyses['']!
