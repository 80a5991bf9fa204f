/** The scenes of every floor, in the order in which they are drawn. */
import { FLOORS, type Floor, type Scene } from './scene.ts'

const files = import.meta.glob<{ default: Scene }>(['./scenes/*.tsx', '!./scenes/*.test.tsx', '!./scenes/_*.tsx'], { eager: true })

const all = Object.values(files).map((file) => file.default).sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || (a.id < b.id ? -1 : 1))

export const scenes: Readonly<Record<Floor, readonly Scene[]>> = Object.fromEntries(FLOORS.map((floor) => [floor, all.filter((scene) => scene.floor === floor)])) as Record<Floor, Scene[]>
