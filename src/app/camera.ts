/** Which part of the stage is seen: the same in every bench, since the same thing has the same place in each. In the address: `zoom=2.5:421:553`. */

export interface Camera {
  /** So much nearer than the whole stage, 1 … NEAREST; 0: from so far that the whole run is seen. */
  readonly zoom: number
  /** The middle of what is seen, in thousandths of the drawing's width and height. */
  readonly x: number
  readonly y: number
  /** It goes where something happens. */
  readonly follow: boolean
}

/** Parts of a drawing's width and height. */
export interface Lens { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

export const NEAREST = 8
export const HOME: Camera = { zoom: 1, x: 500, y: 500, follow: false }

/** What is seen never reaches over the edge of the drawing. */
export function lensOf({ zoom, x, y }: Camera): Lens {
  const part = 1 / Math.max(1, zoom)
  const from = (middle: number): number => Math.min(1 - part, Math.max(0, middle / 1000 - part / 2))
  return { x: from(x), y: from(y), w: part, h: part }
}

/** null: the whole stage, as every link without it. */
export const cameraText = ({ zoom, x, y, follow }: Camera): string | null => (zoom === 1 && !follow ? null : `${zoom}:${x}:${y}${follow ? ':follow' : ''}`)

/** null: it cannot be read. */
export function readCamera(text: string): Camera | null {
  const [, zoom, x, y, follow] = /^([0-8]|[1-7]\.\d+):(\d+):(\d+)(:follow)?$/.exec(text) ?? []
  return zoom ? { zoom: +zoom, x: +x!, y: +y!, follow: !!follow } : null
}
