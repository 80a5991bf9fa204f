/** For variants: what a function of Mesa is made of, and how one with other steps takes the place of Mesa's own. */
import { userFunction, type steps } from '../userspace/function.ts'
import { winsysOf } from '../userspace/mesa/winsys.ts'
import type { Blueprint } from './blueprint.ts'
import { inMesa } from './variant.ts'

export { steps, userFunction, type User } from '../userspace/function.ts'
export { askOffset, finish, mmapOf, offsetOf, refused, type Mapping } from '../userspace/mesa/map.ts'

/** Another way to a pointer, whatever the function is called in the driver and the year that were chosen. */
export const mapsBy = (way: ReturnType<typeof steps>) => (b: Blueprint): Blueprint => inMesa(...winsysOf(b.mesa).maps.map(name => userFunction(name, way)))(b)
