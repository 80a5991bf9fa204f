/** What the camera's keys and buttons do. */
import { fill } from '../base/fill.ts'
import { HOME, type Camera } from './camera.ts'
import { fitted, homeward, panned, settled, stopFrom, zoomedTo } from './camera-moves.ts'
import { whereIs } from './drawn.ts'
import { SENTENCES } from './sentences-later.ts'
import { notifyBriefly, patch, state } from './store.ts'

/** Parts of what is seen, at one press. */
const PAN = 0.2
const [LEFT, DOWN, UP, RIGHT] = [[-PAN, 0], [0, PAN], [0, -PAN], [PAN, 0]] as const
/** On the stage the letters, since arrows step; on the map both. */
const PANS: Readonly<Record<string, readonly [number, number]>> = { h: LEFT, j: DOWN, k: UP, l: RIGHT, arrowleft: LEFT, arrowdown: DOWN, arrowup: UP, arrowright: RIGHT }

const same = (a: Camera, b: Camera): boolean => a.zoom === b.zoom && a.x === b.x && a.y === b.y

const lookFrom = (camera: Camera): void => patch({ camera })
export const home = (): void => lookFrom(homeward(state().camera))

/** The next stop nearer or farther; farther than home is the overview, nearer than that is home. */
export function zoom(by: 1 | -1): void {
  const { camera, selected } = state()
  const to = stopFrom(camera.zoom, by)
  if (to < 1) return lookFrom(settled({ ...camera, zoom: 0 }))
  if (camera.zoom < 1) return home()
  // From home a chosen thing is what one wants to see from close.
  const chosen = camera.zoom === 1 && selected !== null ? whereIs(CHOSEN) : null
  lookFrom(zoomedTo(camera, to, chosen && { x: chosen.x + chosen.w / 2, y: chosen.y + chosen.h / 2 }))
}

/** An open file is drawn as a number of a process and as itself in the kernel: the last one drawn is the thing. */
const CHOSEN = '.thing[data-selected="true"]'

/** A line is looked at in everybody's hands. */
function chosenPlace(selected: string): Camera | null {
  const { camera } = state()
  const places = selected.startsWith('line:') || selected.startsWith('page:') ? whereIs('[data-lines]') : whereIs(`[data-scene="objects"] ${CHOSEN}`) ?? whereIs(CHOSEN)
  return places && fitted(camera, places)
}

/** The chosen thing as large as it can be seen whole; once more, or with nothing chosen: home. */
export function fit(): void {
  const { camera, selected } = state()
  if (selected === null) return home()
  const there = camera.zoom === 0 ? null : chosenPlace(selected)
  if (!there) notifyBriefly(fill(SENTENCES.notOnStage, { id: selected }))
  lookFrom(!there || same(there, camera) ? homeward(camera) : there)
}

export const overview = (): void => (state().camera.zoom === 0 ? home() : lookFrom({ ...HOME, zoom: 0, follow: state().camera.follow }))

export function follow(): void {
  const { camera } = state()
  lookFrom({ ...camera, follow: !camera.follow })
  notifyBriefly(camera.follow ? 'The camera stands still.' : 'The camera goes where something happens. A ends it.')
}

const ACTS: Readonly<Record<string, () => void>> = { f: fit, o: overview, a: follow, i: () => zoom(1), u: () => zoom(-1) }

/** Moves what is seen; false: the key is not for that. */
export function pan(key: string): boolean {
  const way = PANS[key.toLowerCase()]
  const { camera } = state()
  if (way && camera.zoom > 1) lookFrom(panned(camera, ...way))
  return way !== undefined
}

export function press(key: string): void {
  const { view } = state()
  // A slide has its own way of making things large.
  if (view === 'talk' || view === 'presenter') return
  if (!pan(key)) ACTS[key.toLowerCase()]?.()
}
