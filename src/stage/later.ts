/** Scenes that the first picture does without, and the drawing of large buffers and of objects from close, as one chunk of their own. */
import { Pager } from './hardware/later/pager.tsx'
import { LargePanel, wholeOf, WholeParties } from './hardware/later/whole.tsx'
import type { Large } from './hardware/large.ts'
import type { Scene } from './scene.ts'

export const later: Readonly<Record<string, { readonly default: Scene }>> = import.meta.glob<{ default: Scene }>(['./scenes/later/*.tsx', '!./scenes/later/*.test.tsx', '!./scenes/later/_*.tsx'], { eager: true })
export const large: Large = { wholeOf, WholeParties, LargePanel, Pager }
export * as nearby from './near/object.tsx'
