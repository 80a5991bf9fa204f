/**
 * A button whose popup is fetched when it is first wanted: looked at with the pointer, focused, or pressed. The first step needs no menu,
 * so a visitor does not wait for one.
 */
import { Suspense, useState, type ComponentType, type KeyboardEvent, type ReactNode } from 'react'
import { fetched } from './fetched.tsx'

export interface Opener {
  readonly trigger: ReactNode
  /** What a screen reader hears where the trigger's own words do not say it. */
  readonly name?: string
  readonly className?: string
}

/** `load` answers the popup with a trigger of its own; it stands open when it first appears. */
export function later<P extends Opener>(popup: 'menu' | 'dialog', load: () => Promise<{ default: ComponentType<P> }>): (props: P) => ReactNode {
  const Popup = fetched(load)
  const prepare = (): void => void load().catch(() => undefined)
  return function Later(props) {
    const [wanted, setWanted] = useState(false)
    const down = (event: KeyboardEvent): void => {
      if (event.key !== 'ArrowDown' || popup !== 'menu') return
      event.preventDefault()
      setWanted(true)
    }
    const button = (
      <button
        type="button" className={props.className ?? 'button'} aria-label={props.name} aria-haspopup={popup} aria-expanded={false}
        onPointerEnter={prepare} onFocus={prepare} onClick={() => setWanted(true)} onKeyDown={down}
      >
        {props.trigger}
      </button>
    )
    return wanted ? <Suspense fallback={button}><Popup {...props} gone={() => setWanted(false)} /></Suspense> : button
  }
}
