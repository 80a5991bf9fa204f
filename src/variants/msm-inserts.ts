/** V12: a driver that never redirected. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V12', id: 'msm-inserts', title: 'msm, never redirected', group: 'Other drivers',
  why: 'The redirect never became a rule of the core: it lives in helpers that msm does not use. To this day msm puts the exporter\'s pages into the mapping itself, write-combined. It works by accident, as panfrost did in 2019.',
  who: 'msm, freedreno and turnip', where: 'every Linux with msm, 6.19 too', from: 'Linux 3.12, 2013',
  sources: [{ title: 'msm_gem_fault, msm_gem_object_mmap', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/msm/msm_gem.c' }],
  parts: { flags: 'F0', path: 'N', kernel: 'KNOW', importer: 'msm' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  scenarios: ['canonical', 'canonical-hostile'],
})
