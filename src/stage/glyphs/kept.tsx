/** A part of a drawing that is drawn again only when something it depends on is another. During a step's motion most parts are not. */
import { memo, type ReactNode } from 'react'
import type { AnyRecord } from '../../journal/snapshot.ts'

export const Kept = memo(
  function Kept({ draw }: { readonly of: readonly unknown[]; readonly draw: () => ReactNode }) {
    return draw()
  },
  (a, b) => a.of.length === b.of.length && a.of.every((each, i) => each === b.of[i]),
)

/** Two foldings make records of their own from the same values. */
export function sameRecord(a: AnyRecord | undefined, b: AnyRecord | undefined): boolean {
  if (a === b) return true
  if (!a || !b) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
