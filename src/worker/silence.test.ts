/** No watcher speaks where everything was done right: the story on every machine whose firmware tells the truth, and short programs that keep the rules. */
import { describe, expect, test } from 'vitest'
import { classOf, partyIn, type Platform } from '../hardware/hardware.ts'
import { GPU_BUFFER as OWN, HEAP_BUFFER as HEAP, NIGHT_IN_BRACKET as NIGHT } from '../hazards/_programs.ts'
import type { Recipe } from '../journal/run.ts'
import { base } from '../machine/base.ts'
import { runRecipe } from './run-recipe.ts'
import { parts } from './shelves.ts'

const platforms: Platform[] = parts.platform.map(part => part.change(base).platform)
const honest = platforms.filter(({ dtCoherent }) => Object.keys(dtCoherent).length === 0)
const idsOf = (list: readonly Platform[]): string[] => list.map(({ id }) => id)
/** Machines on which nobody can miss what lies in the CPU's cache. */
const everybodyLooks = honest.filter(platform => ['gpu', 'display'].every(kind => ['FC', 'X86'].includes(classOf(platform, partyIn(platform, '', kind as 'gpu')))))

function silent(recipe: Recipe): void {
  const { findings, problems, verdict } = runRecipe(recipe)
  expect(problems).toEqual([])
  expect(findings.map(({ known, text }) => `${known}: ${text}`)).toEqual([])
  expect(verdict.glyph).not.toBe('✗')
}

describe.each(['canonical', 'canonical-hostile'])('the story, %s', scenario => {
  test.each(['V5', 'V9', 'V10'].flatMap(variant => idsOf(honest).map(platform => [variant, platform] as const)))('%s on %s, write-combined in one piece', (variant, platform) => silent({ scenario, variant, platform, exporter: 'E3' }))
  test.each(idsOf(everybodyLooks))('V9 on %s, whatever the kind of buffer', platform => { for (const exporter of ['E1', 'E2', 'E3']) silent({ scenario, variant: 'V9', platform, exporter }) })
})
test.each(idsOf(honest.filter(p => classOf(p, partyIn(p, '', 'display')) === classOf(p, partyIn(p, '', 'gpu')))))('a heap with SYNC on %s', platform => silent({ scenario: 'canonical', variant: 'V21', platform }))

const job = (what: string): string => `  DRM_IOCTL_PANFROST_SUBMIT(gpu, ${what}, uses(bo))\n  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)\n`
const [READ, WRITE] = [job('read(va, 4096)'), job('write(va, 4096, day)')]
const inside = (how: string, what: string): string => `  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_${how})\n${what}  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_${how})\n`
const GUESS = '  prefetch(px, 4096, 256, 128)\n  evict(px, 4096, 512, 128)\n'

/** Each is a hazard's own sequence, done right; the hardware may guess and evict where it likes. */
const RIGHT: Readonly<Record<string, string>> = {
  'clean before the job reads (H1)': HEAP + inside('RW', `  fill(px, day)\n${GUESS}`) + READ,
  'invalidate after the job (H2, M04)': HEAP + NIGHT + WRITE + inside('READ', '  load(px, 64)\n') + inside('RW', '  load(px + 64, 64)\n'),
  'wait first, then the bracket (H3, M04)': `${HEAP}${NIGHT}  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 4096, day), uses(bo))\n${GUESS}  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)\n${GUESS}${inside('READ', '  load(px, 64)\n')}`,
  'one owner at a time (H4)': `${HEAP}${NIGHT}${WRITE}  evict(px)\n${inside('READ', '  load(px, 64)\n')}`,
  'a submit drains (H5, M17)': `${OWN}  fill(px, day)\n${READ}`,
  'read write-combined after the job (M19)': `${OWN}${WRITE}  load(px, 64)\n`,
  'direction of the access (H9, H10, M13)': HEAP + NIGHT + WRITE + inside('RW', '  load(px, 64)\n  store(px + 520, "0000ff000000ff00")\n') + READ,
  'write inside the bracket (H11, M15)': HEAP + inside('WRITE', '  fill(px, night)\n') + READ + inside('RW', `  fill(px, day)\n${GUESS}`) + READ,
  'flushes around the job (H12, H13, M28)': `${OWN}  fill(px, night)\n${READ}  fill(px, day)\n${READ}${job('write(va, 4096, white)')}  load(px, 64)\n`,
  'unmapped, forgotten, used again (H17, H18, T11)': `${OWN}${WRITE}  munmap(px)\n  drmCloseBufferHandle(gpu, bo)\n${OWN.split('\n').slice(1).join('\n')}${WRITE}  load(px, 64)\n`,
  'asked whether the pages are there (H19)': `${OWN}  fill(px, day)\n  DRM_IOCTL_PANFROST_MADVISE(gpu, bo, PANFROST_MADV_DONTNEED)\n  DRM_IOCTL_PANFROST_MADVISE(gpu, bo, PANFROST_MADV_WILLNEED)\n  drop_caches()\n${READ}  load(px, 64)\n`,
}
describe.each(Object.entries(RIGHT))('%s', (_name, text) => {
  const program = `process client A {\n${text}}\n`
  test.each(idsOf(honest))('%s', platform => silent({ scenario: 'canonical', variant: 'V21', platform, kernel: 'KNOW', program }))
})

test('the same programs, one thing forgotten in each: somebody speaks', () => {
  const heard = (name: string, from: RegExp, to = ''): string[] => {
    const text = RIGHT[name]!
    expect(text).toMatch(from)
    return runRecipe({ scenario: 'canonical', variant: 'V21', platform: 'rk3399', kernel: 'KNOW', program: `process client A {\n${text.replace(from, to)}}\n` }).findings.map(({ known }) => known)
  }
  expect(heard('clean before the job reads (H1)', /.*SYNC_END.*\n/)).toEqual(['H1'])
  expect(heard('invalidate after the job (H2, M04)', / {2}DMA_BUF_IOCTL_SYNC\(fd, DMA_BUF_SYNC_START \| DMA_BUF_SYNC_READ\)\n/)).toEqual(['H2'])
  expect(heard('direction of the access (H9, H10, M13)', /RW(\)\n {2}load)/, 'WRITE$1')).toEqual(['H9', 'H10'])
})

test.each([['panfrost-no-end-flush', 'H12'], ['panfrost-no-invalidate', 'H13'], ['panfrost-dirty-tables', 'H17']])('the same program under %s', (importer, known) => {
  const program = `process client A {\n${RIGHT['flushes around the job (H12, H13, M28)']!}}\n`
  const { findings, verdict } = runRecipe({ scenario: 'canonical', variant: 'V9', platform: 'rk3399', importer, program })
  expect([...new Set(findings.map(finding => finding.known))]).toEqual([known])
  expect(verdict.glyph).toBe('✗')
})
