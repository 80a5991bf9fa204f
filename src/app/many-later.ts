/** Words for more than two benches, once they have come. */
type Many = typeof import('./many.ts')

export let many: Many | null = null

/** Whether they came with this. A connection that is gone costs the names of sides, and nothing else. */
export async function bringMany(): Promise<boolean> {
  if (many) return false
  many = await import('./many.ts').catch(() => null)
  return many !== null
}
