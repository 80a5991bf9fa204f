/** Which page an address names. The story's own addresses have no page in them, so that links to it stay short. */
import { useSyncExternalStore } from 'react'

export type PageName = 'compare' | 'evidence'

export const pageOf = (fragment: string): PageName => (/^#\/?evidence(?:&|$)/.test(fragment) ? 'evidence' : 'compare')
export const pageHere = (): PageName => pageOf(location.hash)

export function usePage(): PageName {
  return useSyncExternalStore((changed) => {
    addEventListener('hashchange', changed)
    addEventListener('popstate', changed)
    return () => {
      removeEventListener('hashchange', changed)
      removeEventListener('popstate', changed)
    }
  }, pageHere)
}
