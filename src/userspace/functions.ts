/** Every function of the user-space libraries, by name. */
import type { UserFunction } from './function.ts'
import allocators from './mesa/allocators.ts'
import gbm, { functionsOf } from './mesa/gbm.ts'
import libdrm from './mesa/libdrm.ts'
import { winsyses } from './mesa/winsys.ts'

const known = new Map([...libdrm, ...gbm, ...allocators].map(fn => [fn.name, fn]))

/** Those of a winsys, which may come later than the rest, are made when one of them is first called. */
export function functionNamed(name: string): UserFunction {
  if (!known.has(name)) for (const fn of Object.values(winsyses).flatMap(functionsOf)) known.set(fn.name, fn)
  return known.get(name)!
}
