/** The sheet an object is written on: white, with a bar of its owner's hue; strong where the benches differ, dashed when it is gone. */
import { memo } from 'react'
import { colour, type Hue } from '../hue.ts'
import type { Box } from '../places.ts'

export type CardState = 'plain' | 'differs' | 'gone' | 'refused'

const STROKES: Readonly<Record<CardState, { stroke: string; width: number; dash?: string }>> = {
  plain: { stroke: 'var(--edge)', width: 1 },
  differs: { stroke: 'var(--bad)', width: 2.25 },
  gone: { stroke: 'var(--edge)', width: 1.25, dash: '4 4' },
  refused: { stroke: 'var(--bad)', width: 1.75, dash: '5 3' },
}

export const Sheet = memo(function Sheet({ box, hue, state = 'plain', radius = 7, bar = 5, accent = false }: { box: Box; hue: Hue; state?: CardState; radius?: number; bar?: number; accent?: boolean }) {
  const { x, y, w, h } = box
  const { stroke, width, dash } = STROKES[state]
  const gone = state === 'gone'
  return (
    <>
      <rect x={x} y={y} width={w} height={h} rx={radius} fill={gone ? 'none' : 'var(--panel)'} stroke={accent && state === 'plain' ? colour(hue) : stroke} strokeWidth={accent && state === 'plain' ? 2 : width} strokeDasharray={dash} />
      {!gone && bar > 0 && <path d={`M${x + bar} ${y}h${-(bar - 3)}a${Math.min(radius, bar)} ${Math.min(radius, bar)} 0 0 0 ${-3} 3v${h - 6}a3 3 0 0 0 3 3h${bar - 3}z`} fill={colour(hue)} />}
      {state === 'differs' && <Flag x={x + w} y={y} />}
    </>
  )
})

/** The corner that says “not the same in the other bench”, by shape as well as by hue. */
export function Flag({ x, y, size = 11 }: { x: number; y: number; size?: number }) {
  return <path d={`M${x - size} ${y}h${size - 4}a4 4 0 0 1 4 4v${size - 4}z`} fill="var(--bad)" />
}

/** The letter of a process, since hues alone merge for some readers. */
export const Badge = memo(function Badge({ x, y, letter, hue, r = 9 }: { x: number; y: number; letter: string; hue: Hue; r?: number }) {
  return (
    <>
      <circle cx={x} cy={y} r={r} fill={colour(hue)} />
      <text x={x} y={y + r * 0.4} textAnchor="middle" fontFamily="var(--words)" fontSize={Math.max(11, r * 1.2)} fontWeight={700} fill="var(--on-ink)">{letter.slice(0, 2)}</text>
    </>
  )
})
