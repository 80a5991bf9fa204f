/** Reads a table of sequences with the answers that the kernel's sources give: `op field:value … → answer`; what an answer leaves out is not compared. */
import { fill } from '../base/fill.ts'
import { bootKernel } from '../kernel/boot.ts'
import { flavours } from '../kernel/flavours.ts'
import { World } from '../world/world.ts'
import { Replayer, type Node, type Op } from './ops.ts'
import { devicesOf } from './replay.ts'
import { SENTENCES } from './sentences.ts'
import { simpleHardware } from './simple-hardware.ts'

const NODES: readonly Node[] = [
  { driver: 'vgem', node: 'card', minor: 0 }, { driver: 'vgem', node: 'render', minor: 128 }, { driver: 'vkms', node: 'card', minor: 1 },
  { driver: 'cirrus', node: 'card', minor: 2 }, { driver: 'virtio_gpu', node: 'card', minor: 3 }, { driver: 'virtio_gpu', node: 'render', minor: 129 },
]
const scalar = (text: string): string | number => (/^-?\d+$/.test(text) ? Number(text) : text)
function opOf(text: string): Op {
  const [name, ...fields] = text.trim().split(/\s+/)
  const op: Record<string, string | number> = { op: name! }
  for (const field of fields) op[field.slice(0, field.indexOf(':'))] = field.startsWith('bytes:') ? field.slice(6) : scalar(field.slice(field.indexOf(':') + 1))
  return op as Op
}

export interface Read { readonly what: string; readonly source: string; readonly kernels?: readonly string[]; readonly lines: string }
/** The answers that differ, in words. */
export function answers(kernel: string, lines: string): string[] {
  const world = new World({ history: 'none' })
  const replayer = new Replayer(bootKernel(world, simpleHardware(world), flavours[kernel]!, devicesOf(NODES)), NODES)
  const wrong: string[] = []
  lines.trim().split('\n').forEach((line, i) => {
    const [text, want] = line.split('→') as [string, string]
    world.call = `r.${i + 1}`
    const got = replayer.run(opOf(text))!
    const [r, ...fields] = want.trim().split(/\s+/)
    const said = { r, ...Object.fromEntries(fields.map(field => field.split(':'))) } as Record<string, string>
    const fences = (got.bufs as { fences: readonly string[] }[] | undefined)?.[0]?.fences.join('+').replaceAll(':', '/')
    const all: Record<string, unknown> = { ...got, fences: fences ?? got.fences }
    for (const [field, value] of Object.entries(said)) if (String(all[field]) !== value) wrong.push(fill(SENTENCES.source, { op: text.trim(), field, got: String(all[field]), said: value }))
  })
  return wrong
}
