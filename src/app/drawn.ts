/** Where things are drawn: asked of the drawings themselves, as parts of each, so that the answer holds at every size and from every distance. */
import { around } from './camera-moves.ts'
import type { Lens } from './camera.ts'

const DRAWING = '.bench-drawing'

export const drawings = (): SVGSVGElement[] => [...document.querySelectorAll<SVGSVGElement>(DRAWING)]

/** The whole drawing, with what lies outside of the view: the grounds of its floors cover it. */
function wholeOf(drawing: SVGSVGElement): { left: number; top: number; width: number; height: number } | null {
  const grounds = [...drawing.querySelectorAll(':scope > rect')].map((ground) => ground.getBoundingClientRect())
  const [first, last] = [grounds[0], grounds.at(-1)]
  return first && last && first.width > 0 ? { left: first.left, top: first.top, width: first.width, height: last.bottom - first.top } : null
}

function placeOf(drawing: SVGSVGElement, element: Element): Lens | null {
  const whole = wholeOf(drawing)
  const box = element.getBoundingClientRect()
  if (!whole || box.width === 0) return null
  return { x: (box.left - whole.left) / whole.width, y: (box.top - whole.top) / whole.height, w: box.width / whole.width, h: box.height / whole.height }
}

/** The box around what a selector finds, in the first drawing that has some; `all`: in all of them together. */
export function whereIs(selector: string, all = false): Lens | null {
  const found: Lens[] = []
  for (const drawing of drawings()) {
    found.push(...[...drawing.querySelectorAll(selector)].flatMap((element) => placeOf(drawing, element) ?? []))
    if (!all && found.length > 0) break
  }
  return around(found)
}

/** Of an element of a drawing; null: it is none, or is not shown. */
export function placeIn(element: Element): Lens | null {
  const drawing = element.closest<SVGSVGElement>(DRAWING)
  return drawing && placeOf(drawing, element)
}

/** A place of the window, in parts of the drawing there. */
export function pointIn(drawing: SVGSVGElement, at: { readonly clientX: number; readonly clientY: number }): { x: number; y: number } | null {
  const whole = wholeOf(drawing)
  return whole && { x: (at.clientX - whole.left) / whole.width, y: (at.clientY - whole.top) / whole.height }
}
