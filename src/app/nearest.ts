/** The known word that a misspelt one most likely meant. */
export function nearest(wanted: string, ids: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Math.max(2, Math.ceil(wanted.length / 2))
  for (const id of ids) {
    const far = distance(wanted, id.toLowerCase())
    if (far < least) [best, least] = [id, far]
  }
  return best
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]!
}
