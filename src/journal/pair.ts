/** Two lists laid side by side: what is the same stands in one pair, what only one of them has stands alone. */

export type Pair = readonly [number | null, number | null]

/** Lists whose table would have more cells than this are cut at what appears once in both. */
const MOST_CELLS = 250_000

/**
 * Pairs of indices, in order. `keys` are tried one after the other: what the first leaves unpaired between two pairs is looked at by the next,
 * and where no key is left, the first of each side are pairs all the same: same place, two ways to go on.
 */
export function pairUp<A, B>(a: readonly A[], b: readonly B[], keys: readonly { readonly a: (x: A) => string; readonly b: (y: B) => string }[], meet: boolean): Pair[] {
  const out: Pair[] = []
  inside(a.map((_, i) => i), b.map((_, i) => i), 0)
  return out

  function inside(ours: readonly number[], theirs: readonly number[], level: number): void {
    const by = keys[level]
    if (ours.length === 0 || theirs.length === 0 || !by) {
      const met = meet && ours.length > 0 && theirs.length > 0 ? 1 : 0
      if (met) out.push([ours[0]!, theirs[0]!])
      for (const i of ours.slice(met)) out.push([i, null])
      for (const j of theirs.slice(met)) out.push([null, j])
      return
    }
    let i = 0
    let j = 0
    for (const [x, y] of common(ours.map(n => by.a(a[n]!)), theirs.map(n => by.b(b[n]!)))) {
      inside(ours.slice(i, x), theirs.slice(j, y), level + 1)
      out.push([ours[x]!, theirs[y]!])
      i = x + 1
      j = y + 1
    }
    inside(ours.slice(i), theirs.slice(j), level + 1)
  }
}

type Match = readonly [number, number]

/** A longest common subsequence, as pairs of indices. */
function common(a: readonly string[], b: readonly string[]): Match[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const head = Array.from({ length: start }, (_, i): Match => [i, i])
  const tail = Array.from({ length: end }, (_, i): Match => [a.length - end + i, b.length - end + i])
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end)).map(([i, j]): Match => [i + start, j + start])
  return [...head, ...middle, ...tail]
}

function between(a: readonly string[], b: readonly string[]): Match[] {
  if (a.length === 0 || b.length === 0) return []
  if (a.length * b.length > MOST_CELLS) return byAnchors(a, b)
  const width = b.length + 1
  const best = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * width + j] = a[i] === b[j] ? best[(i + 1) * width + j + 1]! + 1 : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!)
    }
  }
  const found: Match[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) found.push([i++, j++])
    else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) i++
    else j++
  }
  return found
}

/** Cuts both lists at what appears once in each, in an order that both have. Where nothing does, nothing is paired. */
function byAnchors(a: readonly string[], b: readonly string[]): Match[] {
  const places = once(b)
  const anchors = [...once(a)].flatMap(([key, i]): Match[] => (places.has(key) ? [[i, places.get(key)!]] : [])).sort(([i], [j]) => i - j)
  const kept = rising(anchors)
  if (kept.length === 0) return []
  const found: Match[] = []
  let [i, j] = [0, 0]
  for (const [x, y] of [...kept, [a.length, b.length] as const]) {
    found.push(...common(a.slice(i, x), b.slice(j, y)).map(([p, q]): Match => [p + i, q + j]))
    if (x < a.length) found.push([x, y])
    i = x + 1
    j = y + 1
  }
  return found
}

function once(list: readonly string[]): Map<string, number> {
  const at = new Map<string, number>()
  const twice = new Set<string>()
  list.forEach((key, i) => (at.has(key) ? twice.add(key) : at.set(key, i)))
  for (const key of twice) at.delete(key)
  return at
}

/** A longest run of matches whose second numbers rise too. */
function rising(matches: readonly Match[]): Match[] {
  const ends: number[] = []
  const before = new Int32Array(matches.length)
  matches.forEach(([, y], n) => {
    let low = 0
    let high = ends.length
    while (low < high) {
      const mid = (low + high) >> 1
      if (matches[ends[mid]!]![1] < y) low = mid + 1
      else high = mid
    }
    before[n] = low > 0 ? ends[low - 1]! : -1
    ends[low] = n
  })
  const found: Match[] = []
  for (let n = ends.at(-1) ?? -1; n >= 0; n = before[n]!) found.push(matches[n]!)
  return found.reverse()
}
