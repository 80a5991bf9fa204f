/** How fast the machine runs: system calls of one process on a booted kernel, against what strace can note of a real one. */
import { spawnSync } from 'node:child_process'
import { simpleHardware } from '../../cli/simple-hardware.ts'
import { bootKernel } from '../../kernel/boot.ts'
import { K61 } from '../../kernel/flavours.ts'
import { trap, valueOf } from '../../kernel/trap.ts'
import { World } from '../../world/world.ts'
import type { Group } from '../bench.ts'
import { against, context, inTurn, timed, type Row } from '../measure.ts'

const CALLS = 40_000

/** Calls in a second: a descriptor is doubled and closed again. */
function syscalls(history: 'steps' | 'none'): number {
  const booted = bootKernel(new World({ history }), simpleHardware(), K61, [{ driver: 'vgem', card: 'card0', render: 'renderD128' }])
  booted.start('p1')
  const k = booted.context('task:p1')
  const fd = valueOf(trap(k, 'open', { path: '/dev/dri/card0', flags: ['O_RDWR'] }))
  const ms = timed(() => {
    for (let i = 0; i < CALLS / 2; i++) trap(k, 'close', { fd: valueOf(trap(k, 'dup', { fd })) })
  })
  if (k.world.ids('file').length !== 1) throw new Error('the descriptors were not closed')
  return CALLS / (ms / 1000)
}

/** Calls in a second that strace notes of a program that makes two calls for each byte; null: not installed. */
function straced(): number | null {
  const count = 20_000
  let status: number | null = null
  const ms = timed(() => {
    status = spawnSync('strace', ['-f', '-tt', '-T', '-o', process.platform === 'win32' ? 'NUL' : '/dev/null', 'dd', 'if=/dev/zero', 'of=/dev/null', 'bs=1', `count=${count}`], { stdio: 'ignore' }).status
  })
  return status === 0 ? (2 * count) / (ms / 1000) : null
}

export default {
  id: 'sim', title: 'speed of the simulated machine',
  async measure(): Promise<readonly Row[]> {
    const rows: Row[] = []
    const what = 'simulated system calls in a second, journal kept'
    if (straced() === null) rows.push(context('sim.syscall', what, 'calls/s', [1, 2, 3].map(() => syscalls('steps')), 'skipped (not installed): strace'))
    else rows.push(against('sim.syscall', what, 'calls/s', 'strace -f -tt -T of dd bs=1', inTurn(() => syscalls('steps'), () => straced()!), { floor: 10, goal: 25, moonshot: 60, up: true }))
    rows.push(context('sim.syscall.bare', 'the same without a journal', 'calls/s', [1, 2, 3].map(() => syscalls('none'))))
    return rows
  },
} satisfies Group
