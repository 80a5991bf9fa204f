/**
 * Shelf helper for `quirks/`: one oddity of the real kernel that the model has too, one file. A quirk is no mistake of the model and no
 * hazard of the machine: it is an answer that nobody would expect. Its watcher reads a journal step by step; the machine knows nothing of it.
 */
import type { Snapshot } from './snapshot.ts'
import type { Step } from './step.ts'
import type { EventName, Id } from './vocabulary.ts'

/** Where it can be read in the kernel. */
export interface QuirkSource {
  /** `drivers/gpu/drm/drm_gem.c`. */
  readonly file: string
  readonly fn: string
  /** `v5.2`, `v5.2 to v6.19`. */
  readonly version: string
}

/** A run in which it bites. The devices are card0, which exports, and card1 (renderD128), which imports, each by the name of its driver. */
export interface QuirkRun {
  /** The kernels in which it bites there; in all others it must not. */
  readonly kernels: readonly string[]
  readonly exporter?: string
  readonly importer?: string
  /** Lines of one process. */
  readonly program: string
}

export interface Quirk<Memory = unknown> {
  readonly id: string
  readonly title: string
  /** One sentence for a reader. */
  readonly text: string
  readonly source: QuirkSource
  readonly seenIn: QuirkRun
  /** The events at which it is asked. */
  readonly on: readonly EventName[]
  /** What it has to remember, as it is before the first step; absent: nothing. */
  readonly memory?: () => Memory
  /** The objects concerned where it bites. `call` is the system call that runs, as it was made: `mmap(NULL, 4096, …)`. */
  watch(step: Step, world: Snapshot, memory: Memory, call: string): readonly Id[] | undefined
}
export const quirk = <Memory = undefined>(spec: Quirk<Memory>): Quirk<Memory> => spec

/** A step at which a quirk bites. */
export interface Bite { readonly quirk: string; readonly title: string; readonly text: string; readonly source: QuirkSource; readonly seq: number; readonly objects: readonly Id[] }
