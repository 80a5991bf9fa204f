/** From an open DRM node to what it stands for. */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'

export const drmFileOf = (k: Kernel, file: Id<'file'>): Id<'drm_file'> => k.world.get(file).priv as Id<'drm_file'>
export const deviceOf = (k: Kernel, file: Id<'file'>): Id<'device'> => k.world.get(drmFileOf(k, file)).device
