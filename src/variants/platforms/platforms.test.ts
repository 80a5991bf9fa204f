/** The machines as data: what each is, that the rules follow from it, and that nobody asks which one it is. */
import { describe, expect, test } from 'vitest'
import { maliFeatures } from '../../hardware/mali-features.ts'
import type { Platform } from '../../hardware/hardware.ts'
import { is, type Step } from '../../journal/step.ts'
import { base } from '../../machine/base.ts'
import { isTest, readTree } from '../../tidy/tree.ts'
import { runRecipe } from '../../worker/run-recipe.ts'
import { parts } from '../../worker/shelves.ts'

const platformOf = (id: string): Platform => parts.platform.find(p => p.id === id)!.change(base).platform
const ids = parts.platform.map(({ id }) => id)

test('the menu begins with the board of the story and ends with no product', () => {
  expect(ids).toEqual(['rk3399', 'rk3399-iommu', 'rk3399-called-coherent', 'amlogic-g12b', 'amlogic-g12b-undeclared', 'juno', 'imx8m', 'rpi4', 'x86-laptop', 'reference-fc'])
})

test.each(ids)('%s says where its facts are from, what nobody checked, and what it leaves out', id => {
  const { board, leavesOut, dramBase, cores, wcEntries } = platformOf(id)
  expect(leavesOut).not.toBe('')
  expect(dramBase % 4096).toBe(0)
  expect([cores, wcEntries]).toEqual([2, 4])
  for (const { title, version, url } of board!.sources) expect([title !== '', version !== '', url]).toEqual([true, true, expect.stringMatching(/^https?:\/\//)])
  if (id !== 'reference-fc') expect([board!.sources.length > 0, board!.unverified.length > 0]).toEqual([true, true])
})

test('what nobody checked is said with what is left out', () => {
  const { leavesOut } = runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399' }).journal.header
  expect(leavesOut).toContain('Of this machine nobody checked: sizes of the CPU\'s caches; that the GPU\'s node in the device tree says nothing of coherency.')
})

test('feature registers as the T860 of an RK3399 and a G52 print them', () => {
  expect(maliFeatures({ l2: 0x0712_0206, mmu: 0x2830, as: 0xff, js: 0x7 })).toEqual({ l2Bytes: 256 * 1024, l2Ways: 4, lineBytes: 64, vaBits: 48, paBits: 40, spaces: 8, slots: 3 })
  expect(maliFeatures({ l2: 0x0711_0206, mmu: 0x2823 })).toMatchObject({ l2Bytes: 128 * 1024, vaBits: 35, paBits: 40, spaces: null })
})

/** GPU's class, what firmware says of the GPU, the display's class, what firmware says of it. */
test.each([
  ['rk3399', 'NC no NC no'], ['rk3399-called-coherent', 'NC yes NC no'], ['amlogic-g12b', 'IOC yes NC no'], ['amlogic-g12b-undeclared', 'IOC no NC no'], ['juno', 'IOC yes NC no'],
  ['imx8m', 'NC no NC no'], ['rpi4', 'NC no NC no'], ['x86-laptop', 'X86 yes NC yes'], ['reference-fc', 'FC yes FC yes'],
])('%s: %s', (id, want) => {
  const { journal } = runRecipe({ scenario: 'canonical', variant: 'V9', platform: id, exporter: 'E1' })
  // Firmware's word decides how panfrost maps its own buffers and asks its walker to look (one that is not wired to faults later); the display's how its memory is cleaned.
  const { transtab } = journal.steps.find(step => step.event === 'as.enable')!.fields as { transtab: number }
  const { cls, displayCls } = journal.header.hardware
  const coherent = journal.steps.filter(step => step.event === 'dma.coherent').map(step => (step.fields as { device: string }).device)
  const display = runRecipe({ scenario: 'canonical', variant: 'V9', platform: id, exporter: 'E3' }).journal.steps.find(step => step.event === 'dma.alloc')!.fields as { action: string }
  expect(`${cls} ${(transtab & 0x10) !== 0 ? 'yes' : 'no'} ${displayCls} ${display.action.includes('stay in the cache') ? 'yes' : 'no'}`).toBe(want)
  expect(coherent.every(device => device !== 'device:card1' || want.includes(' yes '))).toBe(true)
})

describe('the story on each of them', () => {
  const verdict = (platform: string, exporter: string, kernel: string): string => runRecipe({ scenario: 'canonical', variant: 'V5', platform, exporter, kernel }).verdict.text
  const gpu = (lines: number): string => `the GPU read old pixels in ${lines} of 64 lines`
  const panel = 'the display shows old pixels in 32 of 64 lines'
  const ok = 'works'
  test.each([
    // Write-combined, cached, contiguous; Linux 5.2, then today.
    ['rk3399', [ok, ok, gpu(32), gpu(32), ok, ok]],
    ['imx8m', [ok, ok, gpu(32), gpu(32), ok, ok]],
    ['rpi4', [ok, ok, gpu(32), gpu(32), ok, ok]],
    // 5.2 asks for no snooping. Today the GPU is given the zeros that lie in the cache under the write-combined drawing; and it sees a cached one, but the panel does not.
    ['amlogic-g12b', [ok, gpu(64), gpu(32), panel, ok, ok]],
    ['amlogic-g12b-undeclared', [ok, gpu(64), gpu(32), panel, ok, ok]],
    ['juno', [ok, gpu(64), gpu(32), panel, ok, ok]],
    ['x86-laptop', [ok, ok, ok, ok, ok, ok]],
    ['reference-fc', [ok, ok, ok, ok, ok, ok]],
  ])('%s', (platform, want) => {
    expect(['E1', 'E2', 'E3'].flatMap(exporter => ['K52', 'KNOW'].map(kernel => verdict(platform, exporter, kernel)))).toEqual(want)
  })
})

test('a display behind its IOMMU takes scattered pages, and nobody says that this is luck; without one, or elsewhere, it does not', () => {
  const ran = (platform: string) => runRecipe({ scenario: 'display-imports', variant: 'V5', platform, exporter: 'E3' })
  expect(['rk3399', 'rk3399-iommu', 'imx8m', 'rpi4', 'amlogic-g12b'].map(id => ran(id).verdict.text)).toEqual(['EINVAL at FD_TO_HANDLE', 'works', ...Array<string>(3).fill('EINVAL at FD_TO_HANDLE')])
  const { journal, findings } = ran('rk3399-iommu')
  expect(findings).toEqual([])
  expect(journal.steps.map(step => step.event)).toEqual(expect.arrayContaining(['iova.alloc', 'io.map', 'import.contiguous', 'io.unmap', 'iova.free']))
})

test('the panel shows the same picture through the IOMMU', () => {
  const { verdict, journal } = runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399-iommu', exporter: 'E3' })
  expect(verdict.text).toBe('works')
  expect(journal.steps.filter(step => step.event === 'walk.io' && step.actor === 'display')).toHaveLength(1)
})

test('on x86 the shmem helper of today empties the caches of write-combined pages; in 5.2, and elsewhere, the zeros stay', () => {
  const emptied = (platform: string, kernel: string): boolean => runRecipe({ scenario: 'canonical', variant: 'V5', platform, exporter: 'E1', kernel }).journal.steps.filter(step => step.event === 'shmem.pages.wc').length > 0
  expect([emptied('x86-laptop', 'KNOW'), emptied('x86-laptop', 'K52'), emptied('rk3399', 'KNOW')]).toEqual([true, false, false])
})

test('no code of the machine asks which machine it is', () => {
  const named = new RegExp(`['"](${ids.join('|')})['"]`)
  const found = [...readTree(new URL('../../..', import.meta.url).pathname)].filter(([path, text]) => /^src\/(base|journal|world|hardware|kernel|userspace|machine|worker)\//.test(path) && !isTest(path) && named.test(text))
  expect(found.map(([path]) => path)).toEqual([])
})

test('x86: entries of its own format, and a first store that needs no second fault', () => {
  const { journal } = runRecipe({ scenario: 'canonical', variant: 'V9', platform: 'x86-laptop' })
  const events = journal.steps.map(step => step.event as string)
  expect(events.filter(event => event === 'fault.dirty' || event === 'abort.permission')).toEqual([])
  const dirty = journal.steps.find(step => is(step, 'walk.dirty'))!
  const set = journal.steps.findLast(step => is(step, 'pte.set') && step.seq < dirty.seq && (step.fields as { addr: number }).addr === (dirty.fields as { addr: number }).addr)!
  const bits = (step: Step): bigint => BigInt((step.fields as { descriptor: string }).descriptor.replaceAll('_', ''))
  // P, RW, US, A; and then D. Not executed.
  expect([bits(set) & 0x67n, bits(dirty) & 0x67n, bits(set) >> 63n]).toEqual([0x27n, 0x67n, 1n])
  expect(bits(dirty) - bits(set)).toBe(0x40n)
})
