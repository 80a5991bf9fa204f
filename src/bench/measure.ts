/** How the bench measures: warm up, then product and peer in turn, medians, and a ratio with its range. Never the best run, never an average. */

export interface Side { readonly median: number; readonly unit: string; readonly runs: readonly number[]; readonly p99?: number }
export type Level = 'moonshot' | 'goal' | 'floor' | 'below the floor' | 'context'
export interface Row {
  readonly id: string
  /** What is measured, for a reader. */
  readonly what: string
  readonly product: Side
  /** null: there is nothing to measure against, or it is not installed. */
  readonly peer: ({ readonly name: string } & Side) | null
  readonly ratio: number | null
  readonly range: readonly [number, number] | null
  readonly level: Level
  /** `ok`, `skipped (not installed)`, or what is wrong. */
  readonly checks: string
}

/** Bounds of the ratio product/peer, from the weakest; `up`: more is better. */
export interface Budget { readonly floor: number; readonly goal: number; readonly moonshot: number; readonly up?: boolean }

export const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)
/** The value below which a part of all values lies: 0.5 is the median. */
export function quantile(values: readonly number[], part: number): number {
  const order = sorted(values)
  const at = (order.length - 1) * part
  const low = Math.floor(at)
  return order[low]! + (order[Math.min(low + 1, order.length - 1)]! - order[low]!) * (at - low)
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)

export function levelOf(ratio: number, { floor, goal, moonshot, up = false }: Budget): Level {
  const reaches = (bound: number): boolean => (up ? ratio >= bound : ratio <= bound)
  return reaches(moonshot) ? 'moonshot' : reaches(goal) ? 'goal' : reaches(floor) ? 'floor' : 'below the floor'
}

/** Milliseconds that some work takes. */
export function timed(work: () => void): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

const REPEATS = 3

/** Both measured in turn: one round to warm up, then A B A B A B. */
export function inTurn(product: () => number, peer: () => number): { readonly product: number[]; readonly peer: number[] } {
  product()
  peer()
  const runs = { product: [] as number[], peer: [] as number[] }
  for (let i = 0; i < REPEATS; i++) {
    runs.product.push(product())
    runs.peer.push(peer())
  }
  return runs
}
export async function inTurnLater(product: () => Promise<number>, peer: () => Promise<number>): Promise<{ readonly product: number[]; readonly peer: number[] }> {
  await product()
  await peer()
  const runs = { product: [] as number[], peer: [] as number[] }
  for (let i = 0; i < REPEATS; i++) {
    runs.product.push(await product())
    runs.peer.push(await peer())
  }
  return runs
}

const side = (runs: readonly number[], unit: string): Side => ({ median: median(runs), unit, runs })

export function against(id: string, what: string, unit: string, name: string, runs: { readonly product: readonly number[]; readonly peer: readonly number[] }, budget: Budget, checks = 'ok'): Row {
  const ratios = runs.product.map((value, i) => value / runs.peer[i]!)
  const ratio = median(ratios)
  return { id, what, product: side(runs.product, unit), peer: { name, ...side(runs.peer, unit) }, ratio, range: [Math.min(...ratios), Math.max(...ratios)], level: levelOf(ratio, budget), checks }
}

/** Against a limit that stands in the budget, not one that is measured; `up`: more is better. */
export function limited(id: string, what: string, unit: string, runs: readonly number[], limit: number, checks = 'ok', up = false): Row {
  const product = side(runs, unit)
  const ratio = product.median / limit
  return { id, what, product, peer: { name: 'the limit', median: limit, unit, runs: [] }, ratio, range: [Math.min(...runs) / limit, Math.max(...runs) / limit], level: (up ? ratio >= 1 : ratio <= 1) ? 'goal' : 'below the floor', checks }
}

/** A number without a peer: for the reader only. */
export const context = (id: string, what: string, unit: string, runs: readonly number[], checks = 'ok'): Row =>
  ({ id, what, product: side(runs, unit), peer: null, ratio: null, range: null, level: 'context', checks })

/** A loop that always does the same; its spread tells how noisy the machine is. */
export function limitLoop(): number {
  const words = new Uint32Array(1 << 16)
  return timed(() => {
    let x = 2463534242
    for (let i = 0; i < 4_000_000; i++) {
      x ^= x << 13
      x ^= x >>> 17
      x ^= x << 5
      words[x & 0xffff]! += 1
    }
  })
}
