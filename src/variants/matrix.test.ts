/** Step 5 of the story, the pointer, for every exporter kind, flag, path and kernel that has an answer in the table of outcomes. */
import { expect, test } from 'vitest'
import { is } from '../journal/step.ts'
import { runRecipe } from '../worker/run-recipe.ts'

/** How the client's import and map ended: `ok`, or the errno and the system call that was refused. */
function mapped(recipe: Record<string, string>): string {
  const { journal, run } = runRecipe({ scenario: 'canonical', variant: '', platform: 'rk3399', ...recipe })
  const wanted = run!.script.byLetter.get('B')!.calls.filter(c => c.call.name === 'gbm_bo_import' || c.call.name === 'gbm_bo_map').map(c => c.key)
  const refused = journal.steps.find(step => wanted.includes(step.call) && is(step, 'call.leave') && step.fields.errno !== null)
  if (!refused) return journal.steps.some(step => is(step, 'ref.lost')) ? 'ok+leak' : 'ok'
  const trap = journal.steps.findLast(step => step.call === refused.call && step.seq < refused.seq && is(step, 'trap.leave') && step.fields.errno !== null)
  return trap && is(trap, 'trap.leave') ? trap.fields.errno! : 'none'
}

const KERNELS = ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW']
for (const exporter of ['E1', 'E2', 'E3']) {
  test(`${exporter}: through the node the kernel decides, and the flags do not`, () => {
    for (const flags of ['F0', 'F1']) {
      expect(KERNELS.map(kernel => mapped({ exporter, flags, path: 'N', kernel })), flags).toEqual(['ok', 'EINVAL', 'ok+leak', 'ok', 'ok'])
    }
  })
  test(`${exporter}: through the dma-buf the flags decide, and the kernel does not`, () => {
    for (const kernel of KERNELS) expect(['F0', 'F1'].map(flags => mapped({ exporter, flags, path: 'D', kernel })), kernel).toEqual(['EACCES', 'ok'])
  })
  test(`${exporter}: the exporting device maps its own in every kernel; a dumb offset of an import is refused in every kernel`, () => {
    for (const kernel of KERNELS) expect(['S', 'M'].map(path => mapped({ exporter, path, kernel })), kernel).toEqual(['ok', 'EINVAL'])
  })
}
