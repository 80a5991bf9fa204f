/** What crosses the bridge besides steps: which run it is, what its program says, and the catalog of what can be chosen. */
import type { Board } from './board.ts'
import type { Step } from './step.ts'
import type { Id } from './vocabulary.ts'

/**
 * Who says what hardware does by itself, and who goes on next. `scripted`: the program, where it says so. `lazy`: nothing happens by itself.
 * `random`: a generator that begins at `seed`. `explore`: anything may happen, and the picks say what did.
 */
export const MODES = ['scripted', 'lazy', 'random', 'explore'] as const
export type Mode = (typeof MODES)[number]

/** Enough of it to make a run again. Empty choices follow the variant, then the scenario, then the platform. */
export interface Recipe {
  readonly scenario: string
  /** `V4`, or '' for a free combination of parts. */
  readonly variant: string
  readonly platform: string
  readonly kernel?: string
  readonly flags?: string
  readonly path?: string
  readonly exporter?: string
  readonly importer?: string
  readonly sync?: string
  /** An edited program text; absent: the scenario's own. */
  readonly program?: string
  /** Absent: `scripted`. */
  readonly mode?: Mode
  /** Where chance begins; absent: 1. */
  readonly seed?: number
  /** Decisions: of the scheduler and, in mode `explore`, of what happens by itself before it goes on. Absent ones are 0. */
  readonly picks?: readonly number[]
  /** Calls of the program that this run leaves out, by key: `B.7`. */
  readonly skip?: readonly string[]
  /** A small story: its buffer is of so many cache lines. Lines on which something may happen by itself; absent: whole pages, all lines. */
  readonly lines?: number
}

/** One line of a process's listing. `key` is the call key of every step of that line (`A.3`). */
export interface ListingLine { readonly key: string; readonly line: number; readonly text: string }
export interface Listing { readonly process: string; readonly letter: string; readonly task: string; readonly lines: readonly ListingLine[] }

export interface RunHeader {
  readonly recipe: Recipe
  /** The recipe with every choice filled in, as ids. */
  readonly chosen: Required<Omit<Recipe, 'program' | 'mode' | 'seed' | 'picks' | 'lines' | 'skip'>>
  readonly title: string
  readonly program: string
  readonly listing: readonly Listing[]
  /** Seq of the first step after boot: step 0 of the story stands before it. */
  readonly start: number
  /** First frame number of DRAM: frame n of the word areas is physical page `firstPfn + n`. */
  readonly firstPfn: number
  /** What the stage must know of the platform to say what a party would read. */
  readonly hardware: HardwareShape
  /** Title and driver of every device, in order. */
  readonly devices: readonly { readonly id: string; readonly driver: string; readonly title: string; readonly inShort: string }[]
  /** Exporters that are no DRM drivers, by the kind of object that their dma-bufs stand for. */
  readonly exporters: readonly { readonly kind: string; readonly inShort: string }[]
  /** What this run leaves out, said on the page. */
  readonly leavesOut: readonly string[]
}

/** Coherency class of the GPU's path and of the display's (NC: sees memory only), how many cores, entries of each write-combine buffer, the format of the CPU's page tables (absent: arm64); what the machine is called, and what is known of it. */
export interface HardwareShape { readonly cls: string; readonly displayCls: string; readonly cores: number; readonly wcEntries: number; readonly cpuTables?: string; readonly title?: string; readonly board?: Board }

export interface Journal { readonly header: RunHeader; readonly steps: readonly Step[] }

/** How a run ended, derived by the machine from its own outcome. */
export interface Verdict {
  readonly glyph: '✓' | '✗' | '⚠' | '◐'
  readonly text: string
  /** The call it is about (key), if any. */
  readonly call: string | null
}

/** What a reader wants to know of a hazard, whatever run it is seen in. */
export interface HazardFacts {
  /** What has to happen, one thing after the other. */
  readonly sequence: string
  /** Machines on which it bites. */
  readonly bites: string
  /** What people see of it. */
  readonly symptom: string
  readonly fix: string
  /** The call, or the part of the kernel, that is the fix: what is missing where it bites. */
  readonly call: string
  /** What becomes of it on x86. */
  readonly x86: string
}

/** A hazard as the page lists it. */
export interface HazardChoice {
  readonly id: string
  /** `H7`. */
  readonly known: string
  readonly title: string
  readonly facts: HazardFacts
  /** A run in which it is seen. */
  readonly recipe: Recipe
}

/** What a watcher saw in a run. */
export interface Finding {
  /** `mapped-through-importer`. */
  readonly hazard: string
  readonly title: string
  /** Its number among the known hazards, `H21`. */
  readonly known: string
  readonly facts: HazardFacts
  /** The step after which it was seen first, and the call that was running (key, '' for none). */
  readonly seq: number
  readonly call: string
  readonly objects: readonly Id[]
  /** The first line of memory that it is about; null: it is about none. */
  readonly line: number | null
  readonly text: string
  /** What the run has come to by it; null: nothing has gone wrong yet, and nothing keeps it from going wrong. */
  readonly harm: string | null
}

export interface Choice { readonly id: string; readonly title: string; readonly why: string }
/** `program`: its text, so that an edited one can be told by what differs. `exporters` and `importers`: those that it has a text for. */
export interface ScenarioChoice extends Choice {
  readonly program: string
  readonly exporters: readonly string[]
  readonly importers: readonly string[]
  /** The hazard whose own program it is, `H9`: no menu offers it, links do. */
  readonly hazard: string | null
}
export interface VariantChoice extends Choice {
  /** V-number: `V4`. */
  readonly number: string
  /** Heading of the menu. */
  readonly group: string
  /** Who proposed or uses it, where it ran, since when and until when (null: it is not said, or it still is so). */
  readonly who: string
  readonly where: string
  readonly from: string | null
  readonly until: string | null
  /** Where that can be read, and of which version. */
  readonly sources: readonly { readonly title: string; readonly version: string; readonly url: string }[]
  readonly parts: { readonly flags: string; readonly path: string; readonly kernel: string; readonly importer: string; readonly exporter?: string; readonly sync?: string; readonly platform?: string }
  /** What the export really passes, shown beside the title. */
  readonly shows: string
  /** Scenarios that offer it; null: all. */
  readonly scenarios: readonly string[] | null
}
export interface Catalog {
  readonly model: string
  readonly scenarios: readonly ScenarioChoice[]
  /** Headings of the menu of variants, in order. */
  readonly groups: readonly string[]
  readonly variants: readonly VariantChoice[]
  readonly kernels: readonly Choice[]
  readonly platforms: readonly Choice[]
  readonly exporters: readonly Choice[]
  readonly importers: readonly Choice[]
  readonly flags: readonly Choice[]
  readonly paths: readonly Choice[]
  readonly syncs: readonly Choice[]
  /** Caption templates by event name, `{field}` for a field; keyed, so that they can be translated. */
  readonly says: Readonly<Record<string, string>>
  /** Events that are stops at depth `step`. */
  readonly stops: readonly string[]
}
