import { expect, test } from 'vitest'
import { flavours } from '../kernel/flavours.ts'
import { readProgram } from '../userspace/program/check.ts'
import type { Blueprint } from './blueprint.ts'
import { boot } from './boot.ts'

const blueprint: Blueprint = {
  chosen: {}, kernel: flavours.K61!, mesa: { exportFlags: ['DRM_CLOEXEC'], mapPath: 'N', sync: false, era: 'now' },
  devices: [{ driver: 'vgem', card: 'card0', render: 'renderD128', role: 'exporter' }, { driver: 'vkms', card: 'card1', render: null, role: 'importer' }],
  platform: {
    id: 'plain', title: 'Plain', cls: 'FC', devCls: {}, dtCoherent: {}, ncAlias: 'selfsnoop', ivacDirty: 'cleanfirst', linAlias: 'wb', wcEntries: 4,
    ucDrainsWc: true, walkCoherent: true, cores: 1, dramBase: 0, leavesOut: '',
  },
}

test('a program runs to its end', () => {
  const { program, mistakes } = readProgram(`
process main A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  landmark "made"
  off = drmModeMapDumbBuffer(card, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  store(px + 8, "0a0b")
  load(px + 8, 4)
  fd = gbm_bo_get_fd(card, bo)
  sendmsg(other, fd)
  close(fd)
  munmap(px)
  close(card)
}
process other B {
  fd = recvmsg(main)
  p = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
  load(p)
  close(fd)
}`)
  expect(mistakes.map(m => m.message)).toEqual([])
  const run = boot(blueprint, program)
  while (run.tick(() => 0));
  const lines = run.world.steps.filter(s => ['call.leave', 'landmark', 'line.skip', 'task.block', 'run.stuck'].includes(s.event)).map(s => `${s.call} ${s.event} ${JSON.stringify(s.fields)}`)
  console.log(lines.join('\n'))
})
