/** When what had the focus goes, it goes back to where it was before: to the button that opened a panel, or the one beside a bench that is taken away. */
import { useEffect, useRef } from 'react'
import { useStore } from '../../app/store.ts'

type Focusable = HTMLElement | SVGElement

/** What comes and goes over the page. */
const OVER = '.panel, [role="dialog"], [role="menu"]'
/** As many places as may go at once. */
const REMEMBERED = 12
/** Dialogs and menus give the focus back themselves first, after a turn. */
const LAST_MS = 30

const reachable = (each: Focusable): boolean => each.isConnected && each.closest('[inert]') === null && each.getClientRects().length > 0

export function useFocusBack(): void {
  const trail = useRef<Focusable[]>([])
  const panel = useStore((now) => now.panel)
  const inspecting = useStore((now) => now.inspecting)
  const far = useStore((now) => now.camera.zoom === 0)
  const open = Number(panel !== null) + Number(inspecting) + Number(far)
  const before = useRef(open)
  const count = useStore((now) => now.benches.length)
  useEffect(() => {
    const remember = (target: EventTarget | null): void => {
      if (!(target instanceof HTMLElement || target instanceof SVGElement) || target === document.body || target.closest(OVER)) return
      trail.current = [...trail.current.filter((each) => each !== target && each.isConnected), target].slice(-REMEMBERED)
    }
    const hear = (event: FocusEvent): void => remember(event.target)
    remember(document.activeElement)
    addEventListener('focusin', hear)
    return () => removeEventListener('focusin', hear)
  }, [])
  useEffect(() => {
    const opens = open > before.current
    before.current = open
    // What opens takes the focus when it has come, if it wants it.
    if (opens) return undefined
    const timer = setTimeout(() => {
      if (document.activeElement !== document.body && document.activeElement !== null) return
      trail.current.findLast(reachable)?.focus()
    }, LAST_MS)
    return () => clearTimeout(timer)
  }, [panel, open, count])
}
