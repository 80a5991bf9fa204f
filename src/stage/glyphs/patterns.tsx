/** State as pattern: how a mapping is cached. Dots are write-combined, a quiet fill is cached, lines are not cached at all. */
import { memo } from 'react'
import type { Hue } from '../hue.ts'

const HUES: readonly Hue[] = ['exporter', 'importer', 'kernel']

export const attrFill = (attr: string, hue: Hue): string => `url(#${attr}-${hue})`

export const Patterns = memo(function Patterns() {
  return (
    <defs>
      {HUES.map((hue) => (
        <g key={hue}>
          <pattern id={`wc-${hue}`} width={5} height={5} patternUnits="userSpaceOnUse">
            <rect width={5} height={5} fill={`var(--${hue}-ground)`} />
            <circle cx={2.5} cy={2.5} r={1.15} fill={`var(--${hue})`} />
          </pattern>
          <pattern id={`wb-${hue}`} width={5} height={5} patternUnits="userSpaceOnUse">
            <rect width={5} height={5} fill={`var(--${hue})`} opacity={0.35} />
          </pattern>
          <pattern id={`uc-${hue}`} width={6} height={6} patternUnits="userSpaceOnUse">
            <rect width={6} height={6} fill={`var(--${hue}-ground)`} />
            <path d="M0 3h6" stroke={`var(--${hue})`} strokeWidth={1.2} />
          </pattern>
        </g>
      ))}
    </defs>
  )
})
