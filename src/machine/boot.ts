/** From blueprint and program to a machine that can run: world, hardware, kernel, processes. */
import { bootKernel } from '../kernel/boot.ts'
import { COUNTERS } from '../kernel/objects.ts'
import type { Program } from '../userspace/program/ast.ts'
import { World, type WorldOptions } from '../world/world.ts'
import { kept, seeded, type Choices } from './choices.ts'
import type { Blueprint } from './blueprint.ts'
import { createHardware } from './create-hardware.ts'
import { progOf } from './prog.ts'
import { NO_FRAMES } from './process.ts'
import { Run, type Manner } from './run.ts'
import { scriptOf } from './script.ts'

/** How the run goes: see `Recipe` for what is absent. `leftOut`: keys of calls that are not made. */
export interface BootOptions extends WorldOptions, Partial<Manner> { readonly seed?: number; readonly picks?: readonly number[]; readonly leftOut?: readonly string[] }

/** `like`: the program that this one was made from, whose lines give theirs their numbers. */
export function boot(blueprint: Blueprint, program: Program, options: BootOptions = {}, like?: Program): Run {
  const { mode = 'scripted', lines = Infinity, seed = 1, picks = [] } = options
  const world = new World({ counters: COUNTERS, ...options })
  const script = scriptOf(program, like, options.leftOut)
  const choices: Choices = { pick: kept(picks) }
  const own = createHardware(world, blueprint.platform, count => choices.pick(count))
  const booted = bootKernel(world, blueprint.hardware?.(own) ?? own, blueprint.kernel, blueprint.devices, blueprint.iommus)
  world.create('script:0', { names: {}, current: '', turn: 0, left: 0, stuck: false })
  for (const p of script.processes) {
    world.create(progOf(p.letter), {
      task: p.task, state: p.born ? 'running' : 'unborn', pc: 0, args: null, names: {}, frames: NO_FRAMES, trap: null, catches: [],
    })
    if (p.born) booted.start(p.letter, p.name)
  }
  if (mode === 'random') choices.pick = seeded(world, seed)
  world.emit('program.start', { processes: script.processes.length })
  return new Run(world, booted, blueprint.mesa, script, choices, { mode, lines })
}
