/** A small number that a process holds: a descriptor with its file and mode, or a handle. */
import { memo } from 'react'
import { fill } from '../../base/fill.ts'
import { colour, type Hue } from '../hue.ts'
import type { Box } from '../places.ts'
import type { Select } from '../scene.ts'
import { SENTENCES } from '../sentences.ts'
import { Flag } from './card.tsx'
import { Mono } from './text.tsx'
import { Thing } from './thing.tsx'

export type ChipTone = 'plain' | 'read' | 'write' | 'bad'
const INKS: Readonly<Record<ChipTone, string>> = { plain: 'var(--dim)', read: 'var(--warn)', write: 'var(--ok)', bad: 'var(--bad)' }

export const Chip = memo(function Chip({ id, label, box, first, second, tone, hue, gone, opacity, selected, differs, onSelect }: {
  id: string; label: string; box: Box; first: string; second: string; tone: ChipTone; hue: Hue; gone: boolean; opacity: number | undefined
  selected: boolean; differs: boolean; onSelect?: Select | undefined
}) {
  const { x, y, w, h } = box
  const stroke = gone ? 'var(--edge)' : tone === 'bad' ? 'var(--bad)' : colour(hue)
  return (
    <Thing id={id} label={gone ? fill(SENTENCES.closed, { thing: label }) : label} box={box} radius={6} selected={selected} differs={differs} opacity={opacity} onSelect={onSelect}>
      <rect x={x} y={y} width={w} height={h} rx={6} fill={gone ? 'none' : tone === 'bad' ? 'var(--bad-ground)' : 'var(--panel)'} stroke={stroke} strokeWidth={differs || tone === 'bad' ? 2.25 : 1.25} strokeDasharray={gone ? '3 3' : undefined} />
      {differs && !gone && <Flag x={x + w} y={y} size={second ? 9 : 7} />}
      <Mono x={x + w / 2} y={y + (second ? 14 : h / 2 + 4)} size={11} weight={650} anchor="middle" fill={gone ? 'var(--dim)' : tone === 'bad' ? 'var(--bad)' : !second && tone !== 'plain' ? INKS[tone] : 'var(--ink)'}>{first}</Mono>
      {second && <Mono x={x + w / 2} y={y + 27} size={11} weight={tone === 'plain' ? 400 : 600} anchor="middle" fill={gone ? 'var(--dim)' : INKS[tone]}>{gone ? 'closed' : second}</Mono>}
    </Thing>
  )
})
