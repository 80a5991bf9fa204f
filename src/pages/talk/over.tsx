/** What lies over a slide: the light, and the dark screen. */
import { useEffect, useRef, type CSSProperties, type ReactNode } from 'react'
import { point, useTalk } from './shared.ts'

/** `pointed`: where the pointer or the focus is, in parts of the slide. Without it the slide only shows what the other window says. `away`: something covers all of it. */
export function Lit({ children, pointed = point, away = false }: { children: ReactNode; pointed?: typeof point; away?: boolean }) {
  const spot = useTalk((now) => now.spot)
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = ref.current!
    const to = (x: number, y: number): void => {
      const { left, top, width, height } = box.getBoundingClientRect()
      const part = (at: number): number => Math.max(0, Math.min(1, at))
      pointed({ x: part((x - left) / width), y: part((y - top) / height) })
    }
    const moved = ({ clientX, clientY }: PointerEvent): void => to(clientX, clientY)
    // Tab goes from thing to thing, and the light with it.
    const focused = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element) || !target.matches('.thing')) return
      const { left, top, width, height } = target.getBoundingClientRect()
      to(left + width / 2, top + height / 2)
    }
    box.addEventListener('pointermove', moved)
    box.addEventListener('focusin', focused)
    return () => {
      box.removeEventListener('pointermove', moved)
      box.removeEventListener('focusin', focused)
    }
  }, [pointed])
  return (
    <div className="lit" ref={ref} inert={away}>
      {children}
      {spot && <div className="light" aria-hidden style={{ '--x': `${100 * spot.x}%`, '--y': `${100 * spot.y}%` } as CSSProperties} />}
    </div>
  )
}

export function Dark() {
  const blank = useTalk((now) => now.blank)
  return blank && <div className="dark" role="note" aria-label="The screen is dark. B brings it back." />
}
