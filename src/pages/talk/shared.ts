/** What the room sees besides the moment: a dark screen, a light, an overview. Both windows keep it. */
import { create } from 'zustand'

/** A place on the slide, in parts of its width and height. */
export interface Spot { readonly x: number; readonly y: number }

interface Talk {
  readonly blank: boolean
  /** Where the light falls; null: it is off. */
  readonly spot: Spot | null
  readonly overview: boolean
}

export const useTalk = create<Talk>(() => ({ blank: false, spot: null, overview: false }))
export const talk = useTalk.getState
export const show = useTalk.setState

/** Where the pointer was last on the slide, or the focus. */
let last: Spot = { x: 0.5, y: 0.4 }
export function point(spot: Spot): void {
  last = spot
  if (talk().spot) show({ spot })
}
export const toggleLight = (): void => show({ spot: talk().spot ? null : last })
