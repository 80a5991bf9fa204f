/** Which page an address names. The story's own addresses have no page in them, so that links to it stay short. */
import { useSyncExternalStore } from 'react'

const OTHERS = ['evidence', 'hazards'] as const
export type PageName = 'compare' | (typeof OTHERS)[number]

export const pageOf = (fragment: string): PageName => OTHERS.find((name) => new RegExp(`^#/?${name}(?:&|$)`).test(fragment)) ?? 'compare'
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
