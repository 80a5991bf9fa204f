/** Where the focus goes when a link has led to another page of this one document: the link is gone, and nobody would say that anything has changed. */
import { useEffect, useRef, type RefObject } from 'react'
import { state } from '../../app/store.ts'

/** For the main part of a page, which takes a focus (`tabIndex`). Who has only opened the address is not moved. */
export function useArrival(): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    // There is a catalog already: another page has asked for it before this one.
    if (state().catalog !== null && document.activeElement === document.body) main.current?.focus({ preventScroll: true })
  }, [])
  return main
}
