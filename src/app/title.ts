/** What the window is called while a page is open; afterwards it is called as it was before. */
import { useEffect } from 'react'

export function useTitle(title: string): void {
  useEffect(() => {
    const before = document.title
    document.title = title
    return () => { document.title = before }
  }, [title])
}
