/** What calls are confirmed by: the situations of a run held against those of recordings. Names and answers are the recordings' own. */
import { describe, expect, test } from 'vitest'
import { ownRecording } from '../cli/recording-files.ts'
import type { Recording } from '../recordings/read.ts'
import { witnessesIn } from '../recordings/witnesses.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { argsOf, crossingsAt } from './crossing.ts'
import type { Recipe } from './run.ts'
import { Seeker } from './seek.ts'
import { situationOf, type Situation } from './situation.ts'
import { coverOf, witnessOf, type Witness } from './witness.ts'

const index = witnessesIn(['6.1.192', '5.2.1', '5.2.1-patched'].map(release => ownRecording(`${release}/scenarios`)))

interface Covered { readonly situation: Situation; readonly witness: Witness | null }

/** Every call of the story into the kernel, with its witness. */
function covered(recipe: Partial<Recipe>, of = index): Covered[] {
  const { journal } = runRecipe({ scenario: 'canonical', variant: '', platform: 'rk3399', ...recipe })
  const seeker = new Seeker(journal)
  return journal.steps.filter(step => step.event === 'call.leave').flatMap(step => crossingsAt(journal, step.seq)).flatMap(crossing => {
    const situation = situationOf(crossing, seeker.at(crossing.first - 1))
    return situation ? [{ situation, witness: witnessOf(of, situation, journal.header.chosen.kernel) }] : []
  })
}
const fact = ({ facts }: Situation, what: string): string | undefined => facts.find(([name]) => name === what)?.[1]
/** The call that maps the import through the importer's node. */
const forwarded = (all: readonly Covered[]): Covered => all.find(({ situation }) => situation.call === 'mmap' && fact(situation, 'object')?.startsWith('an import'))!

test('a call\'s text comes apart into its arguments', () => {
  expect(argsOf('mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 3, 0x100000000)')).toEqual(['NULL', '4096', 'PROT_READ | PROT_WRITE', 'MAP_SHARED', '3', '0x100000000'])
  expect(argsOf('ioctl(3, DRM_IOCTL_PRIME_HANDLE_TO_FD, { handle: 1, flags: DRM_CLOEXEC | DRM_RDWR })')).toEqual(['3', 'DRM_IOCTL_PRIME_HANDLE_TO_FD', { handle: '1', flags: 'DRM_CLOEXEC | DRM_RDWR' }])
  expect(argsOf('recvmsg()')).toEqual([])
})

describe('the thread\'s question', () => {
  test('mapping a read-only export through the importer is confirmed by the recording that asks just that', () => {
    const { situation, witness } = forwarded(covered({ variant: 'V9', exporter: 'E1', kernel: 'K61' }))
    expect(fact(situation, 'object')).toBe('an import, dma-buf of a GEM object, read-only')
    expect(situation).toMatchObject({ answer: 'ok', check: null })
    expect(witness).toMatchObject({ release: '6.1.192', insteadOf: null, file: '6.1.192/scenarios', sequence: 'import/forwarded-mmap-of-read-only-export' })
    expect(coverOf(witness)).toBe('same')
    // The operation named is the mmap of the recording.
    const { sequences } = ownRecording('6.1.192/scenarios')
    expect(sequences.find(({ name }) => name === witness!.sequence)!.ops[witness!.op - 1]).toMatchObject({ op: 'mmap', prot: 'RW' })
  })
  test('a run of today has the recorded release speak for it, and says so', () => {
    expect(forwarded(covered({ variant: 'V9', exporter: 'E1' })).witness).toMatchObject({ release: '6.1.192', insteadOf: '6.19' })
  })
  test('with contiguous memory only the functions of the helper are unconfirmed', () => {
    const { witness } = forwarded(covered({ variant: 'V9', exporter: 'E3', kernel: 'K61' }))
    expect(coverOf(witness)).toBe('other way')
    expect(witness!.here).toEqual(['drm_gem_dma_mmap', 'dma_mmap_wc'])
    expect(witness!.drivers).not.toContain('rockchip')
  })
  test('5.2 is confirmed by 5.2.1, the patch by the patched kernel', () => {
    expect(forwarded(covered({ variant: 'V1', exporter: 'E1' })).witness).toMatchObject({ release: '5.2.1', insteadOf: null })
    expect(forwarded(covered({ variant: 'V6', exporter: 'E1' })).witness?.release).toBe('5.2.1 + the patch of the thread')
  })
  test('EACCES at mmap of the descriptor: the check of the file\'s mode, recorded', () => {
    const { situation, witness } = covered({ variant: 'V4' }).find(({ situation: { call, answer } }) => call === 'mmap' && answer === 'EACCES')!
    expect(situation.check).toBe('mmap.refused.mode')
    expect(witness).toMatchObject({ release: '5.2.1', sequence: 'thread/ro-export-vgem-to-shmem' })
    expect(coverOf(witness)).toBe('same')
  })
  test('what no such machine has is covered by nothing', () => {
    const bare = covered({ variant: 'V9' }).filter(({ situation }) => /PANFROST|PAGE_FLIP|^(send|recv)$/.test(situation.call))
    expect(new Set(bare.map(({ situation }) => situation.call)).size).toBeGreaterThan(4)
    expect(bare.filter(({ witness }) => witness !== null)).toEqual([])
  })
})

describe('a witness is a situation, not a name', () => {
  const recording = ownRecording('6.1.192/scenarios')
  const only = (change: (r: Recording) => Recording) => witnessesIn([change({ ...recording, sequences: recording.sequences.filter(({ name }) => name === 'import/forwarded-mmap-of-read-only-export') })])
  const ask = (of: typeof index) => forwarded(covered({ variant: 'V9', exporter: 'E1', kernel: 'K61' }, of)).witness
  test('it needs the recorded answer to be ours', () => {
    expect(ask(only(r => r))).not.toBeNull()
    const spoilt = only(r => ({ ...r, sequences: r.sequences.map(s => ({ ...s, results: s.results.map((result, i) => (s.ops[i]!.op === 'mmap' ? { ...result, r: 'EPERM' } : result)) })) }))
    expect(ask(spoilt)).toBeNull()
  })
  test('another access, another mode of the buffer or another release is another situation', () => {
    expect(ask(only(r => ({ ...r, kernel: '5.2.1' })))).toBeNull()
    const readWrite = covered({ variant: 'V9', flags: 'F1', exporter: 'E1', kernel: 'K61' }, only(r => r))
    expect(fact(forwarded(readWrite).situation, 'object')).toBe('an import, dma-buf of a GEM object, read-write')
    expect(forwarded(readWrite).witness).toBeNull()
  })
})
