/** Flush reduction: which flushes are spared in a story that can choose it. */
import { expect, test } from 'vitest'
import { is } from '../journal/step.ts'
import { runRecipe } from '../worker/run-recipe.ts'

const PROGRAM = `process client A {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, bo)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 4096, day), uses(bo))
  DRM_IOCTL_PANFROST_SUBMIT(gpu, read(va, 4096), uses(bo))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, read(va, 4096), uses(bo))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
}
`
const startsWith = (importer: string): string[] => {
  const { journal, verdict } = runRecipe({ scenario: 'canonical', variant: 'V9', platform: 'rk3399', importer, program: PROGRAM })
  expect(verdict.glyph).toBe('✓')
  return journal.steps.flatMap(step => (is(step, 'job.start') ? [step.fields.flush] : []))
}

test('the second of two waiting jobs is spared the flush at its start, and reads what it should', () => {
  expect(startsWith('panfrost')).toEqual(['cleanInv', 'cleanInv', 'cleanInv'])
  expect(startsWith('panfrost-flush-reduction')).toEqual(['cleanInv', 'spared', 'cleanInv'])
})
