/** The same table without one of its entries. Copied entry by entry: a copy that then loses one is a hash table, slow to read and to copy from then on. */
export function without<T>(table: Readonly<Record<string | number, T>>, key: string | number): Record<string | number, T> {
  const rest: Record<string | number, T> = {}
  const gone = String(key)
  for (const each in table) if (each !== gone) rest[each] = table[each]!
  return rest
}
