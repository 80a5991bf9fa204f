import { expect, test } from 'vitest'
import { captionOf } from '../journal/say.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import { flavours } from '../kernel/flavours.ts'
import { readProgram } from '../userspace/program/check.ts'
import type { Blueprint } from './blueprint.ts'
import { base } from './base.ts'
import { boot } from './boot.ts'
import { says } from './prog.ts'
import type { Run } from './run.ts'

const blueprint: Blueprint = {
  ...base, kernel: flavours.K61!, mesa: { ...base.mesa, era: 'now' },
  devices: [{ driver: 'vgem', card: 'card0', render: 'renderD128', role: 'exporter' }, { driver: 'vkms', card: 'card1', render: null, role: 'importer' }],
}

function start(text: string): Run {
  const { program, mistakes } = readProgram(text)
  expect(mistakes.map(m => m.message)).toEqual([])
  return boot(blueprint, program)
}
function finish(run: Run, picks: readonly number[] = []): Run {
  let at = 0
  while (run.tick(() => picks[at++] ?? 0));
  return run
}
/** `A.1 open 3`, one line per call, landmark, skip or wait. */
function lines(run: Run): string[] {
  return run.world.steps.flatMap(step => {
    if (is(step, 'call.leave')) return [`${step.call} ${step.fields.name} ${step.fields.result}`]
    if (is(step, 'landmark')) return [`-- ${step.fields.name}`]
    if (is(step, 'line.skip')) return [`${step.call} skipped: ${step.fields.why}`]
    if (is(step, 'task.block')) return [`${step.call} waits`]
    if (is(step, 'run.stuck')) return ['stuck']
    return []
  })
}

const SHARE = `
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
  recv(other)
  munmap(px)
  close(card)
}
process other B {
  fd = recvmsg(main)
  p = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
  load(p)
  close(fd)
  send(main)
}`

test('the current process runs until it waits; names of failed mappings are passed over', () => {
  expect(lines(finish(start(SHARE)))).toEqual([
    'A.1 open 3', 'A.2 drmModeCreateDumbBuffer 1', '-- made', 'A.3 drmModeMapDumbBuffer 0x100000000', 'A.4 mmap 0xffff80000000', 'A.5 store 0', 'A.6 load 0a0b0000',
    'A.7 gbm_bo_get_fd 4', 'A.8 sendmsg 1', 'A.9 close 0', 'A.10 waits',
    'B.1 recvmsg 3', 'B.2 mmap -1 EACCES', 'B.3 skipped: there is no mapping called p', 'B.4 close 0', 'B.5 send 0',
    'A.10 recv 1', 'A.11 munmap 0', 'A.12 close 0',
  ])
})

test('picks choose who goes on', () => {
  const run = finish(start(SHARE), [1])
  expect(lines(run)[0]).toBe('B.1 waits')
  expect(lines(run).at(-1)).toBe('A.12 close 0')
})

test('the state is data: taken back to any pause, a run goes on to the same journal', () => {
  const run = finish(start(SHARE))
  const whole = JSON.stringify(run.world.steps)
  const marks: number[] = []
  const again = start(SHARE)
  do marks.push(again.world.steps.length)
  while (again.tick(() => 0))
  for (const mark of marks) {
    run.world.undo(mark)
    expect(JSON.stringify(finish(run).world.steps)).toBe(whole)
  }
})

test('an explicit schedule decides, and a wait that nothing can end is interrupted', () => {
  const run = finish(start(`
process a A { fd = open("/dev/dri/card0", O_RDWR); sendmsg(b, fd); close(fd) }
process b B { fd = recvmsg(a); close(fd) }
schedule B A*2 B A`))
  expect(lines(run)).toEqual(['B.1 waits', 'B.1 recvmsg -1 EINTR', 'A.1 open 3', 'A.2 sendmsg 1', 'B.2 close -1 EBADF', 'A.3 close 0'])
})

test('a wait for a process that is gone is over', () => {
  expect(lines(finish(start('process a A { recv(b); close(9) }\nprocess b B { exit() }')))).toEqual(['A.1 waits', 'B.1 exit exit', 'A.1 recv 0', 'A.2 close -1 EBADF'])
})

test('nobody can go on', () => {
  expect(lines(finish(start('process a A { fd = recvmsg(b) }\nprocess b B { fd = recvmsg(a) }')))).toEqual(['A.1 waits', 'B.1 waits', 'stuck'])
})

test('who sleeps, and for what, is told by name', () => {
  const step = finish(start('process ann A { fd = recvmsg(ben) }\nprocess ben B { fd = recvmsg(ann) }')).world.steps.find(each => is(each, 'run.stuck'))!
  const cast = { records: new Map([['task:A', { name: 'ann' }], ['task:B', { name: 'ben' }]]), words: {} } as unknown as Snapshot
  expect(captionOf(step, says, null, cast)).toBe('**Nobody can go on**. Asleep: ann, ben. Waited for: the mailbox of ann, the mailbox of ben.')
})

const WILD = (first: string): string => `
process a A {
  ${first}
  fd = open("/dev/dri/card0", O_RDWR)
  bo = drmModeCreateDumbBuffer(fd, 32, 32, 32)
  off = drmModeMapDumbBuffer(fd, bo)
  px = mmap(4096, PROT_READ, MAP_SHARED, fd, off)
  store(px, "01")
  close(fd)
}`

test('an access that faults ends the process, unless it survives the signal', () => {
  expect(lines(finish(start(WILD('poll(-1)')))).at(-1)).toBe('A.6 store SIGSEGV')
  expect(lines(finish(start(WILD('sigaction(SIGSEGV | SIGBUS)')))).slice(-2)).toEqual(['A.6 store -1 SIGSEGV', 'A.7 close 0'])
  expect(finish(start(WILD('poll(-1)'))).world.get('task:A').ended).toBe('SIGSEGV')
})

test('a forked process has the files and names of its parent', () => {
  expect(lines(finish(start('process a A { fd = open("/dev/dri/card0", O_RDWR); fork(b); close(fd) }\nprocess b B { close(fd); close(fd) }')))).toEqual([
    'A.1 open 3', 'A.2 fork 2', 'A.3 close 0', 'B.1 close 0', 'B.2 close -1 EBADF',
  ])
})
