/** The shapes of gestures, about 14 pixels wide: what goes out points to memory, what nobody asked for is dashed. */
import type { GestureKind } from './gestures.ts'

interface MarkProps { readonly kind: GestureKind; readonly x: number; readonly y: number; /** Which way memory lies. */ readonly out: 1 | -1; readonly scale: number; readonly t: number; readonly colour: string }

const OUT = 'M-3 0H6M2 -4L6 0L2 4'
const IN = 'M6 0H-5M-1 -4L-5 0L-1 4'
/** The edge of the cache that a line comes from: kept after a clean, left open otherwise. */
const KEPT = 'M-6 -5V5'
/** Length of the longest of these paths, for drawing them bit by bit. */
const LONGEST = 40
/** How far a mark travels while it comes. */
const WAY = 9

export function Mark({ kind, x, y, out, scale, t, colour }: MarkProps) {
  const shift = { fill: 1, prefetch: 1, clean: -1, evict: -1, drain: -1, flush: -1, sweep: -1, invalidate: 0, snoop: 0, shootdown: 0, lost: -1 }[kind] * WAY * (1 - t)
  return (
    <g transform={`translate(${x + shift * out * scale} ${y}) scale(${out * scale} ${scale})`} fill="none" stroke={colour} strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" opacity={t < 1 ? 0.25 + 0.75 * t : undefined}>
      <Shape kind={kind} t={t} colour={colour} />
    </g>
  )
}

function Shape({ kind, t, colour }: { readonly kind: GestureKind; readonly t: number; readonly colour: string }) {
  switch (kind) {
    case 'fill': return <path d={`${IN}M-7 -5V5`} />
    case 'prefetch': return <><path d={IN} strokeDasharray="2.5 3" /><path d="M-7 -5V5" strokeDasharray="2 2.5" /></>
    case 'clean': return <><path d={KEPT} strokeWidth="3.2" /><path d={OUT} /></>
    case 'evict': return <><path d={KEPT} strokeDasharray="2 2.5" /><path d={OUT} strokeDasharray="2.5 3" /></>
    case 'flush': return <><path d={OUT} /><path d="M-7 5L-2 -5" strokeDasharray={`${LONGEST * t} ${LONGEST}`} stroke="var(--bad)" /></>
    case 'invalidate': return <><circle r="6" /><path d="M-4.2 4.2L4.2 -4.2" stroke="var(--bad)" strokeDasharray={`${12 * t} ${LONGEST}`} /></>
    case 'drain': return <><path d="M3 -4L7 0L3 4" />{[-6, -2.5, 1].map((at, i) => <circle key={at} cx={at} cy="0" r={t * 3 > i ? 1.4 : 0.4} fill={colour} stroke="none" />)}</>
    case 'sweep': return <><path d="M1 -6V6" strokeWidth="3.2" /><path d="M4 0H7" /><path d="M-7 -4H-3M-7 0H-3M-7 4H-3" strokeDasharray={`${4 * t} ${LONGEST}`} /></>
    case 'snoop': return <g transform={t < 1 ? `scale(1 ${Math.max(0.15, t)})` : undefined}><path d="M-7 0Q0 -7 7 0Q0 7 -7 0z" /><circle r="2" fill={colour} stroke="none" /></g>
    case 'lost': return <><circle cx="-2" r="4" strokeDasharray="2 2.5" /><path d="M2 0H7M4 -3L7 0L4 3" strokeDasharray="2.5 3" /></>
    case 'shootdown': return <g transform={t < 1 ? `scale(${2 - t})` : undefined}><circle r="4" /><path d="M0 -7V-3M0 7V3M-7 0H-3M7 0H3" /></g>
  }
}
