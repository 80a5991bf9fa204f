/** A reference, drawn from holder to held. It draws itself when it is new; a lost one is red and broken. */
import { colour, type Hue } from '../hue.ts'
import { length, pathOf, type Point } from '../route.ts'

export interface ArrowGlyphProps {
  /** Who holds what; one on its way out says nothing. */
  readonly says?: string
  readonly points: readonly Point[]
  readonly hue: Hue
  readonly lost: boolean
  /** A name that no counter counts. */
  readonly thin: boolean
  readonly strong: boolean
  /** How much of it is drawn, 0…1. */
  readonly drawn: number
  readonly fading?: number | undefined
}

const HEAD = 7

export function ArrowGlyph({ says, points, hue, lost, thin, strong, drawn, fading }: ArrowGlyphProps) {
  const tip = points.at(-1)!
  const before = points.at(-2) ?? tip
  const stroke = lost ? 'var(--bad)' : colour(hue)
  const width = strong || lost ? 2.25 : thin ? 1 : 1.5
  const whole = drawn >= 1
  return (
    <g opacity={fading} pointerEvents="none" role={says && 'img'} aria-label={says}>
      <path d={pathOf(points, 9, HEAD - 2)} fill="none" stroke={stroke} strokeWidth={width} {...(whole ? (lost ? { strokeDasharray: '6 4' } : {}) : { pathLength: 1, strokeDasharray: '1 1', strokeDashoffset: 1 - drawn })} />
      {drawn > 0.9 && <path d={headAt(tip, before)} fill={stroke} />}
      {lost && whole && <Break at={points.length === 2 ? points[0]! : middle(points)} />}
    </g>
  )
}

/** The triangle at the end, in the drawing's own coordinates: each transform of an element would be one more state for the browser to keep. */
function headAt(tip: Point, before: Point): string {
  const reach = length(before, tip) || 1
  const [u, v] = [((tip.x - before.x) / reach) * HEAD, ((tip.y - before.y) / reach) * HEAD]
  const corner = (side: number): string => `${round(tip.x - u - side * v)} ${round(tip.y - v + side * u)}`
  return `M${tip.x} ${tip.y}L${corner(0.5)}L${corner(-0.5)}z`
}

const round = (n: number): number => Math.round(n * 100) / 100

/** Two strokes through the line: nobody can put it any more. */
function Break({ at }: { at: Point }) {
  return (
    <g transform={`translate(${at.x} ${at.y})`}>
      <circle r={7.5} fill="var(--panel)" stroke="var(--bad)" strokeWidth={1.5} />
      <path d="M-3 -3L3 3M3 -3L-3 3" stroke="var(--bad)" strokeWidth={2} />
    </g>
  )
}

/** The middle of the longest straight part. */
function middle(points: readonly Point[]): Point {
  let best = points[0]!
  let longest = -1
  points.slice(1).forEach((point, i) => {
    const from = points[i]!
    const reach = length(from, point)
    if (reach > longest) [longest, best] = [reach, { x: (from.x + point.x) / 2, y: (from.y + point.y) / 2 }]
  })
  return best
}
