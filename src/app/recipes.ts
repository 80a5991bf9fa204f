/** Recipes compared: they are literals, and their parts always stand in one order. */
import type { Recipe } from '../journal/run.ts'

/** Whether they ask for the same run, or for the same runs side by side. */
export const areSame = <T extends Recipe | readonly Recipe[]>(a: T, b: T): boolean => JSON.stringify(a) === JSON.stringify(b)
