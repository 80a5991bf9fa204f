/** The scenes of every floor, in the order in which they are drawn. The first picture does without those in `later/`; they come when it stands, or when a test asks for them. */
import { useSyncExternalStore } from 'react'
import { bringLarge } from './hardware/large.ts'
import { bringNear } from './near/near.ts'
import { FLOORS, type Floor, type Scene } from './scene.ts'

type Files = Readonly<Record<string, { readonly default: Scene }>>
export type Scenes = Readonly<Record<Floor, readonly Scene[]>>

function inOrder(files: readonly { readonly default: Scene }[]): Scenes {
  const all = files.map((file) => file.default).sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || (a.id < b.id ? -1 : 1))
  return Object.fromEntries(FLOORS.map((floor) => [floor, all.filter((scene) => scene.floor === floor)])) as Record<Floor, Scene[]>
}

const first: Files = import.meta.glob<{ default: Scene }>(['./scenes/*.tsx', '!./scenes/*.test.tsx', '!./scenes/_*.tsx'], { eager: true })

export let scenes: Scenes = inOrder(Object.values(first))
const heard = new Set<() => void>()

/** Fetches the rest, and has it drawn. */
export async function fetchLater(): Promise<void> {
  const { large, later, nearby } = await import('./later.ts')
  bringLarge(large)
  bringNear(nearby)
  scenes = inOrder([...Object.values(first), ...Object.values(later)])
  for (const hear of heard) hear()
}

const now = (): Scenes => scenes
const listen = (hear: () => void): (() => void) => {
  heard.add(hear)
  return () => void heard.delete(hear)
}
/** The scenes that have come. */
export const useScenes = (): Scenes => useSyncExternalStore(listen, now, now)
