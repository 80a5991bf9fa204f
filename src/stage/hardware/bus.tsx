/** The bus below the pictures: lit only where bytes moved in this step. It is no reference, so it is no arrow from object to object. */
import type { Flow, Party } from './flows.ts'
import type { HardwareLayout } from './layout.ts'
import type { Box } from '../places.ts'

const COLOURS: Readonly<Record<Party, string>> = { core: 'var(--ink)', cpu: 'var(--ink)', wc: 'var(--ink)', dram: 'var(--ink)', gpu: 'var(--gpu)', display: 'var(--display)' }

const boxOf = (layout: HardwareLayout, party: Party): Box | null => (party === 'core' ? null : layout[party])

export function Bus({ layout, flows, t }: { readonly layout: HardwareLayout; readonly flows: readonly Flow[]; readonly t: number }) {
  const { rail } = layout
  const tap = (party: Party): { x: number; y: number } | null => {
    const box = boxOf(layout, party)
    return box ? { x: box.x + box.w / 2, y: box.y + box.h } : null
  }
  const parties = (['cpu', 'wc', 'dram', 'gpu', 'display'] as const).flatMap((party) => tap(party) ?? [])
  const moves = flows.flatMap(({ from, to, kind }) => {
    const a = tap(from)
    const b = tap(to)
    return a && b && from !== to ? [{ kind, a, b, colour: COLOURS[to === 'dram' ? from : to] }] : []
  })
  return (
    <g fill="none" pointerEvents="none">
      <path d={`M${parties[0]!.x} ${rail}H${parties.at(-1)!.x}${parties.map(({ x, y }) => `M${x} ${y + 1}V${rail}`).join('')}`} stroke="var(--line)" strokeWidth="1.5" />
      {moves.map(({ kind, a, b, colour }, i) => {
        const length = Math.abs(b.x - a.x) + 2 * (rail - a.y)
        return (
          <g key={i} stroke={colour} strokeWidth="2.5">
            <path d={`M${a.x} ${a.y + 1}V${rail}H${b.x}V${b.y + 4}`} strokeDasharray={t < 1 ? `${length * t} ${length}` : kind === 'scan' ? '1 0' : undefined} />
            {t === 1 && <path d={`M${b.x - 4} ${b.y + 6}L${b.x} ${b.y + 1.5}L${b.x + 4} ${b.y + 6}z`} fill={colour} strokeWidth="1" />}
          </g>
        )
      })}
    </g>
  )
}

/** Lines on their way, at the height where they lie at both ends. */
export function travelOf(layout: HardwareLayout, { from, to }: Flow, t: number): Box | null {
  const a = boxOf(layout, from)
  const b = boxOf(layout, to)
  if (!a || !b || from === to) return null
  return { ...b, w: layout.dram.w, x: a.x + (b.x - a.x) * t }
}
