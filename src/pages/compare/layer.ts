/** Where what a button opens is put: the dialog that the button stands in, else a region of the page, so that nothing is outside of all landmarks. */
import { useCallback, useState } from 'react'

export function useLayer(): [HTMLElement | null, (trigger: HTMLElement | null) => void] {
  const [layer, setLayer] = useState<HTMLElement | null>(null)
  const find = useCallback((trigger: HTMLElement | null) => {
    if (trigger) setLayer(trigger.closest<HTMLElement>('[role="dialog"]') ?? document.getElementById('layer') ?? document.body)
  }, [])
  return [layer, find]
}
