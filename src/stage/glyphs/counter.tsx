/**
 * A count with one mark for each reference that it counts, in the hue of its holder; a lost reference is a broken red mark.
 * The count is the kernel's number, the marks are the world's edges: that they agree can be seen.
 */
import { fill } from '../../base/fill.ts'
import { colour, type Hue } from '../hue.ts'
import { SENTENCES } from '../sentences.ts'
import { Mono, monoWidth } from './text.tsx'

export interface Mark { readonly hue: Hue; readonly lost: boolean }

export function Counter({ x, y, name, value, before, t, marks, size = 12, room }: {
  x: number; y: number; name: string; value: number; before: number | undefined; t: number; marks: readonly Mark[]; size?: number; room: number
}) {
  const changed = before !== undefined && before !== value
  const shown = changed && t < 0.5 ? before : value
  const text = `${name} ${shown}`
  const w = monoWidth(text, size)
  const start = x + w + 8
  const pitch = Math.min(9, Math.max(5, (x + room - start - 4) / Math.max(1, marks.length)))
  const lost = marks.filter((mark) => mark.lost).length
  const said = fill(SENTENCES.lost, { count: lost })
  const fits = marks.length > 0 && start + marks.length * pitch <= x + room + 2
  return (
    <>
      {changed && <rect x={x + monoWidth(`${name} `, size) - 3} y={y - size + 1} width={monoWidth(String(shown), size) + 6} height={size + 3.5} rx={3.5} fill="var(--ink)" />}
      <Mono x={x} y={y} size={size} weight={650}>
        {name} <tspan fill={changed ? 'var(--on-ink)' : undefined}>{shown}</tspan>
      </Mono>
      {fits && lost > 0 && start + marks.length * pitch + 5 + monoWidth(said, 11) <= x + room + 4 && <Mono x={start + marks.length * pitch + 5} y={y} size={11} weight={650} fill="var(--bad)">{said}</Mono>}
      {fits && marks.map(({ hue, lost }, i) => {
        const cx = start + i * pitch + 3
        return lost
          ? <path key={i} d={`M${cx - 3} ${y - 8}l2.4 3 -2.4 1 2.4 3.4M${cx + 0.6} ${y - 8}l2.4 3 -2.4 1 2.4 3.4`} fill="none" stroke="var(--bad)" strokeWidth={1.5} />
          : <rect key={i} x={cx - 2.5} y={y - 8} width={pitch > 6 ? 5 : 4} height={8} rx={1.5} fill={colour(hue)} />
      })}
    </>
  )
}
