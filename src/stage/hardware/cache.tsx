/** A cache as 64 bars, two to a row like the halves of the picture: what each line holds, and whether it is clean, dirty, old or absent. */
import { memo } from 'react'
import { LINES_PER_PAGE } from '../../base/brand.ts'
import { DIRTY, INVALID } from '../../journal/areas.ts'
import type { PageCopy } from '../../journal/holders.ts'
import type { Box } from '../places.ts'
import type { Flow } from './flows.ts'
import { barsPath, Dirty, gridOf, Stale } from './marks.tsx'
import { paintCopy } from './paint.ts'
import { Picture, PictureTop } from './picture.tsx'

/** Lines of the flows of a kind that begin or end here. */
export const linesIn = (flows: readonly Flow[], kind: Flow['kind'], party: Flow['to']): ReadonlySet<number> =>
  new Set(flows.flatMap((flow) => (flow.kind === kind && (flow.to === party || flow.from === party) ? flow.lines : [])))

interface CacheProps {
  readonly box: Box
  readonly k: number
  readonly was: PageCopy
  readonly now: PageCopy
  readonly flows: readonly Flow[]
  readonly party: 'cpu' | 'gpu'
  readonly t: number
}

export const alike = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Bytes and marks of a copy are what is drawn of it. */
export const sameCopy = (a: PageCopy, b: PageCopy): boolean => a === b || (alike(a.words, b.words) && alike(a.state, b.state) && alike(a.stale, b.stale))

export const sameBox = (a: Box, b: Box): boolean => a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h

/** A cache that stands still shows what it holds, and nothing of how it was. */
export const Cache = memo(DrawnCache, (a, b) => a.t === 1 && b.t === 1 && a.k === b.k && a.party === b.party && sameBox(a.box, b.box) && sameCopy(a.now, b.now))

function DrawnCache({ box, k, was, now, flows, party, t }: CacheProps) {
  const grid = gridOf(box, k, k >= 3 ? 1 : 0)
  const moving = t < 1
  const stored = moving ? linesIn(flows, 'store', party) : NONE
  const filled = moving ? linesIn(flows, 'fill', party) : NONE
  const dropped = moving ? linesIn(flows, 'drop', party) : NONE
  const still = moving ? new Set([...LINES].filter((line) => !stored.has(line) && !filled.has(line))) : undefined
  const held = (line: number): boolean => now.state[line] !== INVALID
  const holds = now.state.some((state) => state !== INVALID)
  const dirty = (line: number): boolean => now.state[line] === DIRTY
  const wasDirty = (line: number): boolean => was.state[line] === DIRTY
  return (
    <g>
      <path d={barsPath(grid, LINES_PER_PAGE, (line) => !held(line) || filled.has(line), 0.5)} fill="var(--panel)" fillOpacity="0.5" stroke="var(--edge)" strokeOpacity="0.6" strokeWidth="0.75" />
      {holds && <Picture pixels={paintCopy(now, still)} box={box} />}
      {stored.size > 0 && (
        <>
          <Picture pixels={paintCopy(was, stored)} box={box} />
          <PictureTop pixels={paintCopy(now, stored)} box={box} part={t} />
        </>
      )}
      {dropped.size > 0 && <Picture pixels={paintCopy(was, dropped)} box={box} opacity={1 - t} />}
      {grid.gap > 0 && <path d={seams(box, k)} stroke="var(--floor-hardware)" strokeWidth={grid.gap} fill="none" pointerEvents="none" />}
      <Dirty grid={grid} count={LINES_PER_PAGE} is={(line) => dirty(line) && (wasDirty(line) || !moving)} />
      {moving && <Dirty grid={grid} count={LINES_PER_PAGE} is={(line) => dirty(line) && !wasDirty(line)} opacity={t} />}
      {moving && <Dirty grid={grid} count={LINES_PER_PAGE} is={(line) => !dirty(line) && wasDirty(line)} opacity={1 - t} />}
      <Stale grid={grid} count={LINES_PER_PAGE} is={(line) => now.stale[line] === 1} opacity={t} />
    </g>
  )
}
const NONE: ReadonlySet<number> = new Set()
const LINES: ReadonlySet<number> = new Set(Array.from({ length: LINES_PER_PAGE }, (_, line) => line))

/** The free pixels between bars, in the colour of the floor. */
function seams({ x, y, w, h }: Box, k: number): string {
  let path = `M${x + w / 2 - 0.5} ${y}v${h}M${x + w - 0.5} ${y}v${h}`
  for (let row = 1; row <= h / k; row++) path += `M${x} ${y + row * k - 0.5}h${w}`
  return path
}
