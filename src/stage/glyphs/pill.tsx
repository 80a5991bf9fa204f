/** What crosses the boundary: a call going down, or its answer coming up. */
import { Mono, monoWidth } from './text.tsx'

export type PillTone = 'call' | 'ok' | 'bad'
const FILLS: Readonly<Record<PillTone, readonly [string, string, string]>> = {
  call: ['var(--ink)', 'var(--on-ink)', 'var(--ink)'],
  ok: ['var(--ok-ground)', 'var(--ok)', 'var(--ok)'],
  bad: ['var(--bad)', 'var(--on-bad)', 'var(--bad)'],
}

export const pillWidth = (text: string, size: number): number => monoWidth(text, size) + 2 * size

export function Pill({ x, y, text, tone, size }: { x: number; y: number; text: string; tone: PillTone; size: number }) {
  const w = pillWidth(text, size)
  const h = size * 1.85
  const [fill, ink, edge] = FILLS[tone]
  return (
    <g>
      <rect x={x - w / 2} y={y - h / 2} width={w} height={h} rx={h / 2} fill={fill} stroke={edge} strokeWidth={1.25} />
      <Mono x={x} y={y + size * 0.36} size={size} weight={650} anchor="middle" fill={ink}>{text}</Mono>
    </g>
  )
}
