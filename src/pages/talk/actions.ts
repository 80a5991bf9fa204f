/** What a speaker can do, by name: keys and buttons of both windows mean the same by it, and the presenter window sends the name. */
import { explain } from '../../app/keyboard.ts'
import * as playhead from '../../app/playhead.ts'
import { patch, state } from '../../app/store.ts'
import { show, talk, toggleLight } from './shared.ts'
import * as stops from './stops.ts'

/** A press in the dark brings the picture back, and no step is lost. */
const lit = (act: () => void) => (): void => {
  if (talk().blank) show({ blank: false })
  else act()
}

export const leave = (): void => patch({ view: null })

export const ACTIONS = {
  next: lit(stops.next),
  back: lit(stops.back),
  first: lit(stops.first),
  last: lit(stops.last),
  'landmark before': lit(() => playhead.landmark(-1)),
  'next landmark': lit(() => playhead.landmark(1)),
  'difference before': lit(() => playhead.difference(-1)),
  'next difference': lit(() => playhead.difference(1)),
  blank: () => show({ blank: !talk().blank }),
  light: toggleLight,
  overview: () => show({ overview: !talk().overview, blank: false }),
  why: explain,
  leave,
} as const
export type Action = keyof typeof ACTIONS

export const isAction = (name: unknown): name is Action => typeof name === 'string' && Object.hasOwn(ACTIONS, name)

/** What lies on the slide goes first, one thing at a time; then the talk ends. */
export function escape(): void {
  const { panel, inspecting, focus, selected } = state()
  if (talk().blank) show({ blank: false })
  else if (talk().overview) show({ overview: false })
  else if (panel) patch({ panel: null })
  else if (inspecting) patch({ inspecting: false })
  else if (talk().spot) show({ spot: null })
  else if (focus !== null) patch({ focus: null })
  else if (selected !== null) patch({ selected: null })
  else leave()
}
