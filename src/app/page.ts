/** Which page an address names. The story's own addresses have no page in them, so that links to it stay short. */
import { useSyncExternalStore } from 'react'

const OTHERS = ['evidence', 'gallery', 'hazards', 'read'] as const
export type PageName = 'compare' | (typeof OTHERS)[number]

const NAMED = new RegExp(`^#/?(${OTHERS.join('|')})(?:[=&]|$)`)

export const pageOf = (fragment: string): PageName => (NAMED.exec(fragment)?.[1] as PageName | undefined) ?? 'compare'
export const pageHere = (): PageName => pageOf(location.hash)

/** What an address says, kept up with it. */
export function useAddress<T>(of: () => T): T {
  return useSyncExternalStore((changed) => {
    addEventListener('hashchange', changed)
    addEventListener('popstate', changed)
    return () => {
      removeEventListener('hashchange', changed)
      removeEventListener('popstate', changed)
    }
  }, of)
}
export const usePage = (): PageName => useAddress(pageHere)
/** As if the link had been pasted. */
export function openFragment(fragment: string): void {
  location.hash = fragment
}
/** Pages with a stage on them: the keys move it. */
export const hasStage = (): boolean => /compare|read/.test(pageHere())
