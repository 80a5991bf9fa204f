/** Stops at once when our own code is wrong. A crash of the simulated machine is a step instead, never this. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) broken(message)
}

/** The same where the check runs often: the text is made only when it is needed. */
export function broken(message: string): never {
  throw new Error(`bufscope: ${message}`)
}

/** Marks the branch that the types rule out. */
export function unreachable(value: never): never {
  throw new Error(`bufscope: unexpected ${JSON.stringify(value)}`)
}
