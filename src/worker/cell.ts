/**
 * Runs of the story as a cell of the table of outcomes: how the client got its pointer, whether it could use it, and what the devices then saw.
 * Leaves out: other stories than the canonical one.
 */
import { is } from '../journal/step.ts'
import { firstFailure } from '../machine/verdict.ts'
import { pixels } from '../userspace/pictures.ts'
import type { runRecipe } from './run-recipe.ts'

type Ran = ReturnType<typeof runRecipe>

/** How the client's import and map ended: `ok`, or the errno of the system call that was refused; where it never came to them, that of what kept it. */
export function mapped({ journal, run }: Ran): string {
  const wanted = run!.script.byLetter.get('B')!.calls.filter(c => c.call.name === 'gbm_bo_import' || c.call.name === 'gbm_bo_map').map(c => c.key)
  if (!journal.steps.some(step => wanted.includes(step.call) && is(step, 'call.leave'))) return firstFailure(journal.steps)?.errno ?? 'none'
  const refused = journal.steps.find(step => wanted.includes(step.call) && is(step, 'call.leave') && step.fields.errno !== null)
  if (!refused) return journal.steps.some(step => is(step, 'ref.lost')) ? 'ok+leak' : 'ok'
  const trap = journal.steps.findLast(step => step.call === refused.call && step.seq < refused.seq && is(step, 'trap.leave') && step.fields.errno !== null)
  return trap && is(trap, 'trap.leave') ? trap.fields.errno! : 'none'
}

/** What the GPU read and the display shows last, held against the picture that was drawn. */
function data({ journal, findings }: Ran): string {
  const want = pixels('day', 4096).join()
  for (const area of ['gpu.seen', 'display.shown']) {
    const seen = journal.steps.flatMap(step => step.words.filter(words => words.area === area)).at(-1)
    if (seen?.to.join() !== want) return 'stale'
  }
  return findings.some(({ known }) => known === 'H7') ? 'good*' : 'good'
}

/** How the client's first use of the pointer ended where it did not end well. */
function touched({ journal }: Ran): string | null {
  if (journal.steps.some(step => is(step, 'fault.oops'))) return 'oops'
  const killed = journal.steps.find(step => is(step, 'signal.kill'))
  return killed && is(killed, 'signal.kill') ? killed.fields.signal : null
}

/** One text for several sync disciplines; what comes before the data must not depend on them, and is shown apart where it does. */
export function cellOf(runs: readonly Ran[]): string {
  const ways = [...new Set(runs.map(run => touched(run) ?? mapped(run)))].join(' | ')
  return /^ok(\+leak)?$/.test(ways) ? `${ways}; ${runs.map(data).join('/')}` : ways
}
