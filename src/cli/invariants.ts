/**
 * What holds of the copies of a line after every step, in words where it does not. A dirty line of the GPU's has bytes that it wrote, and
 * only such a one; where both sides look into each other's caches a dirty copy is the only copy.
 */
import { CLEAN, CPU_LINE, DIRTY, GPU_LINE, GPU_MASK, INVALID } from '../journal/areas.ts'
import type { WordChange } from '../journal/step.ts'
import type { World } from '../world/world.ts'
import type { CoherencyClass } from '../hardware/hardware.ts'

const state = (world: World, area: string, line: number): number => world.words[area]?.[line] ?? INVALID

function wrongAt(world: World, cls: CoherencyClass, line: number): string[] {
  const [cpu, gpu] = [state(world, CPU_LINE, line), state(world, GPU_LINE, line)]
  const wrong: string[] = []
  if (![INVALID, CLEAN, DIRTY].includes(cpu) || ![INVALID, CLEAN, DIRTY].includes(gpu)) wrong.push(`line ${line} is in no state: CPU ${cpu}, GPU ${gpu}`)
  const written = (world.words[GPU_MASK]?.[line * 2] ?? 0) !== 0 || (world.words[GPU_MASK]?.[line * 2 + 1] ?? 0) !== 0
  if (written !== (gpu === DIRTY)) wrong.push(`line ${line}: the GPU's copy is ${gpu === DIRTY ? 'dirty, and no byte of it is written' : 'not dirty, and bytes of it are written'}`)
  if (cls !== 'FC' && cls !== 'X86') return wrong
  if (cpu !== INVALID && gpu === DIRTY) wrong.push(`line ${line} is dirty in the GPU's cache, and the CPU has a copy`)
  if (cpu === DIRTY && gpu !== INVALID) wrong.push(`line ${line} is dirty in the CPU's cache, and the GPU has a copy`)
  return wrong
}

const OF_A_LINE: Readonly<Record<string, number>> = { [CPU_LINE]: 1, [GPU_LINE]: 1, [GPU_MASK]: 2 }

/** Of the lines whose state or mask changed; the world stands as those changes left it. */
export function wrongLines(world: World, cls: CoherencyClass, changes: readonly WordChange[]): string[] {
  const lines = new Set<number>()
  for (const { area, at, to } of changes) {
    const words = OF_A_LINE[area]
    if (words) for (let line = Math.floor(at / words); line < (at + to.length) / words; line++) lines.add(line)
  }
  return [...lines].flatMap(line => wrongAt(world, cls, line))
}
