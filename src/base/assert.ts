/** Stops at once when our own code is wrong. A crash of the simulated machine is a step instead, never this. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`bufscope: ${message}`)
}

/** Marks the branch that the types rule out. */
export function unreachable(value: never): never {
  throw new Error(`bufscope: unexpected ${JSON.stringify(value)}`)
}
