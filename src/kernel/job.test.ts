/** Jobs: when the flush at the start of one is left out. */
import { expect, test } from 'vitest'
import { Memory } from '../hardware/memory.ts'
import gpu from '../machine/actors/gpu.ts'
import { World } from '../world/world.ts'
import { bootKernel } from './boot.ts'
import { flavours } from './flavours.ts'
import { mapPages } from './io-pgtable.ts'
import { pushJob } from './job.ts'
import { allocPage, physOf } from './page.ts'
import { flushRange } from './panfrost-mmu.ts'

const AT = 0x500_0000
function machine(flushReduction: boolean) {
  const world = new World()
  const hw = new Memory(world, {
    id: 'test', title: '', cls: 'NC', devCls: {}, dtCoherent: {}, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: false, walkCoherent: false, cores: 1, dramBase: 0x8000_0000, leavesOut: '',
  })
  const { mali } = flavours.KNOW!
  const booted = bootKernel(world, hw, { ...flavours.KNOW!, mali: { ...mali, flushReduction } }, [{ driver: 'panfrost', card: 'card0', render: 'renderD128' }])
  const k = booted.context('task:boot')
  mapPages(k, 'gpu_mmu:card0', AT, physOf(k, allocPage(k)), { sizeBytes: 4096, count: 1 }, { attrIndex: 0, shareability: 2, write: true, exec: true })
  const push = (name: string): void => {
    world.call = name
    pushJob(k, 'device:card0', [{ op: 'read', gpuVa: AT, sizeBytes: 4, pattern: null }], [])
  }
  const run = (): void => { while (gpu.ready(world)) gpu.step(k) }
  /** What happened to the GPU's cache at the start of each job. */
  const starts = (): string[] => {
    run()
    expect(world.untold).toBe(false)
    return world.steps.filter(step => step.event === 'job.start').map(step => (step.fields as { flush: string }).flush)
  }
  return { k, push, run, starts }
}

test('without flush reduction every job begins with a flush', () => {
  const { push, starts } = machine(false)
  push('first')
  push('second')
  expect(starts()).toEqual(['cleanInv', 'cleanInv'])
})
test('with it the second of two waiting jobs is spared its own: the first one\'s came after both were submitted', () => {
  const { push, starts } = machine(true)
  push('first')
  push('second')
  expect(starts()).toEqual(['cleanInv', 'spared'])
})
test('a flush for the page tables counts too', () => {
  const { k, push, starts } = machine(true)
  push('first')
  flushRange(k, 'gpu_mmu:card0', AT, 4096)
  expect(starts()).toEqual(['spared'])
})
test('a job that is submitted when the GPU has nothing to do is never spared it', () => {
  const { push, run, starts } = machine(true)
  for (const name of ['a', 'b', 'c']) {
    push(name)
    run()
  }
  expect(starts()).toEqual(['cleanInv', 'cleanInv', 'cleanInv'])
})
