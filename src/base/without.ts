/** The same table without one of its entries. */
export function without<T>(table: Readonly<Record<string | number, T>>, key: string | number): Record<string | number, T> {
  const rest = { ...table }
  delete rest[key]
  return rest
}
