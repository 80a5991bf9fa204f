/** Every function of the user-space libraries, by name. */
import type { UserFunction } from './function.ts'
import allocators from './mesa/allocators.ts'
import gbm from './mesa/gbm.ts'
import libdrm from './mesa/libdrm.ts'

export const functions: Readonly<Record<string, UserFunction>> = Object.fromEntries([...libdrm, ...gbm, ...allocators].map(fn => [fn.name, fn]))
