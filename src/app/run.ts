/** The one wire across: a recipe goes in, a journal comes out, in pieces. */
import type { Catalog, Finding, Journal, Recipe, Verdict } from '../journal/run.ts'
import type { Step } from '../journal/step.ts'
import type { Bite } from '../journal/quirk.ts'
import { connect, type Wire } from '../worker/client.ts'
import type { Problem, Response } from '../worker/protocol.ts'

/** A run as far as it has come. `journal.steps` grows in place. */
export interface Run {
  readonly recipe: Recipe
  readonly journal: Journal & { readonly steps: Step[] }
  readonly done: boolean
  readonly verdict: Verdict | null
  /** What the watchers saw; none before the run is over. */
  readonly findings: readonly Finding[]
  readonly problems: readonly Problem[]
  /** Steps at which the kernel is odd; told a moment after the end. */
  readonly bites: readonly Bite[]
}

interface Listener {
  /** A piece has come (`done` false), or the last of it. */
  piece(run: Run): void
  /** The run is over, and this is where the kernel was odd in it. */
  quirks(journal: Journal, bites: readonly Bite[]): void
  /** The recipe could not be run at all. */
  refused(problem: Problem): void
}

export class Machine {
  private readonly wire: Wire
  private readonly running = new Map<number, { recipe: Recipe; journal: Run['journal'] | null; hear: Listener }>()
  private nextRun = 1

  constructor(
    private readonly onCatalog: (catalog: Catalog) => void,
    private readonly onFailure: (reason: string) => void,
  ) {
    this.wire = connect((message) => this.receive(message), (reason) => this.onFailure(reason))
  }

  /** Asks for the catalog, with everything that these recipes name. */
  catalog(recipes: readonly Recipe[]): void {
    this.wire.catalog(recipes)
  }

  /** Starts a run; the answer stops it. */
  start(recipe: Recipe, hear: Listener): () => void {
    const run = this.nextRun++
    this.running.set(run, { recipe, journal: null, hear })
    this.wire.run(run, recipe)
    return () => {
      if (this.running.delete(run)) this.wire.cancel(run)
    }
  }

  /** Gives the worker back; nothing is heard any more. */
  close(): void {
    this.running.clear()
    this.wire.close()
  }

  private receive(message: Response): void {
    if (message.type === 'catalog') return this.onCatalog(message.catalog)
    if (message.type === 'hazards') return
    const run = this.running.get(message.run)
    // A run that was given up may still have pieces on the way.
    if (!run) return
    switch (message.type) {
      case 'header':
        run.journal = { header: message.header, steps: [] }
        return
      case 'steps':
        for (const step of message.steps) run.journal?.steps.push(step)
        break
      case 'problem':
        this.running.delete(message.run)
        return run.hear.refused(message.problem)
      case 'quirks':
        this.running.delete(message.run)
        return run.journal ? run.hear.quirks(run.journal, message.bites) : undefined
    }
    if (!run.journal) return
    const ended = message.type === 'end' ? message : null
    run.hear.piece({ recipe: run.recipe, journal: run.journal, done: ended !== null, verdict: ended?.verdict ?? null, findings: ended?.findings ?? [], problems: ended?.problems ?? [], bites: [] })
  }
}
