/**
 * Parts of the page that are fetched when they are wanted may not come: the connection is gone, or a newer version has taken the place
 * of this one. The page then stays as it is and says so; the part is asked for again when it is wanted again.
 */
import { lazy, useEffect, useState, type ComponentType, type ReactNode } from 'react'
import { notify, patch } from '../../app/store.ts'

const NOT_FETCHED = 'A part of the page could not be fetched. Is the connection there? Try again; if it does not come, reload the page.'

/** `gone`: puts away what waits for the part; otherwise the open panel is closed. */
export function fetched<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): (props: P & { gone?: () => void }) => ReactNode {
  type All = P & { gone?: () => void }
  let part = lazy(ask)
  function Missing({ gone }: All) {
    useEffect(() => {
      notify(NOT_FETCHED, 'bad')
      if (gone) gone()
      else patch({ panel: null, inspecting: false })
      return () => { part = lazy(ask) }
    }, [])
    return null
  }
  function ask(): Promise<{ default: ComponentType<All> }> {
    return load().catch(() => ({ default: Missing }))
  }
  return function Fetched(props) {
    // One that stands is not taken away by another that is tried.
    const [Part] = useState(() => part)
    return <Part {...props} />
  }
}
